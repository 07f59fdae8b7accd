//! The little arithmetic that results need.

/// The middle one of the values; of an even number the upper one. 0 without any.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

/// The slope of the line through the points' logarithms by least squares: 1 where cost grows as size does, 2 where as its square.
pub fn log_log_slope(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (x.ln(), y.ln())).collect();
    let count = logs.len() as f64;
    let mean_x = logs.iter().map(|&(x, _)| x).sum::<f64>() / count;
    let mean_y = logs.iter().map(|&(_, y)| y).sum::<f64>() / count;
    let covariance: f64 = logs.iter().map(|&(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let variance: f64 = logs.iter().map(|&(x, _)| (x - mean_x).powi(2)).sum();
    covariance / variance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_exponents() {
        let of = |exponent: i32| -> Vec<(f64, f64)> {
            (0..11)
                .map(|n| 2_f64.powi(n))
                .map(|x| (x, 3.0 * x.powi(exponent)))
                .collect()
        };
        for exponent in 1..3 {
            assert!((log_log_slope(&of(exponent)) - f64::from(exponent)).abs() < 1e-9);
        }
    }

    #[test]
    fn the_median_ignores_outliers() {
        assert_eq!(median(&[3.0, 1e9, 1.0, 2.0, 4.0]), 3.0);
    }
}
