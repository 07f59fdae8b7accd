mod s4_5;
mod s5_1_1;
