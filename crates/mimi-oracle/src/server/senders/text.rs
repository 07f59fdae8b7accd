//! What is written to who owns a subject: plain, and kind to who did not ask.

use crate::server::token::ProofToken;

/// The text of a mail.
pub(super) fn mail(oracle: &str, token: &ProofToken) -> String {
    let ProofToken { text, expires } = token;
    let until = utc(*expires);
    format!(
        "Hello,\n\
         \n\
         somebody, perhaps you, asked the MIMI oracle at\n\
         {oracle}\n\
         for a token for this address. The oracle does not know who it was.\n\
         \n\
         The token is\n\
         \n\
         \x20   {text}\n\
         \n\
         With it, what the oracle says about this address can be seen, and can be\n\
         changed or removed once: the accounts under which people who know the\n\
         address find you in messengers. Give it only to whom you trust with that.\n\
         \n\
         If you did not ask for it, there is nothing to do. Without the token\n\
         nothing changes, and it is void after {until}.\n"
    )
}

/// The text of a short message.
pub(super) fn short_message(oracle: &str, token: &ProofToken) -> String {
    let ProofToken { text, expires } = token;
    let until = utc(*expires);
    format!(
        "{text} is the token for this number at the MIMI oracle {oracle}, until {until}. \
         If you did not ask for it, ignore this: nothing changes.\n"
    )
}

/// A time to the minute, as `2027-01-15 08:31 UTC`.
fn utc(seconds: u64) -> String {
    let minutes = seconds / 60;
    let (year, month, day) = date(minutes / (24 * 60));
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

/// The date in the Gregorian calendar of a day since 1970. Years are counted from March, so that a leap day is the last of its year.
fn date(day: u64) -> (u64, u64, u64) {
    const DAYS_TO_1970: u64 = 719_468;
    const DAYS_OF_400_YEARS: u64 = 146_097;
    let day = day.saturating_add(DAYS_TO_1970);
    let (era, of_era) = (day / DAYS_OF_400_YEARS, day % DAYS_OF_400_YEARS);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months from March have 153 days in every five.
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let (month, next_year) = if from_march < 10 {
        (from_march + 3, 0)
    } else {
        (from_march - 9, 1)
    };
    (400 * era + year_of_era + next_year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_read_them() {
        for (seconds, expected) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_399, "2000-02-28 23:59 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (951_868_800, "2000-03-01 00:00 UTC"),
            (1_735_689_599, "2024-12-31 23:59 UTC"),
            (1_800_000_000, "2027-01-15 08:00 UTC"),
            (4_107_542_399, "2100-02-28 23:59 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(utc(seconds), expected);
        }
    }

    #[test]
    fn the_texts_say_what_the_token_does_and_what_to_do_without_having_asked() {
        let token = ProofToken {
            text: "AAECAwQFBgcBycOA_xAREhMUFRYXGBkaGxwdHg".to_owned(),
            expires: 1_800_001_800,
        };
        let oracle = "https://oracle.example.net";
        let texts = [mail(oracle, &token), short_message(oracle, &token)];
        insta::assert_snapshot!(texts.join("\n~~~\n\n"));
        assert!(texts.iter().all(|text| text.is_ascii()));
        let [mail, _] = texts;
        assert!(mail.lines().all(|line| line.len() <= 76));
    }
}
