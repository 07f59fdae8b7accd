//! How an oracle is named, and what is said to who gets it wrong.

use mimi_oracle::client::OracleAddress;

const PIN: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

#[test]
fn addresses_are_read_and_written_in_one_form() {
    for (given, written) in [
        ("https://oracle.example.net", "https://oracle.example.net"),
        (
            "HTTPS://Oracle.Example.NET:443",
            "https://oracle.example.net",
        ),
        ("https://localhost:8443", "https://localhost:8443"),
        ("https://192.0.2.1", "https://192.0.2.1"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
        ("https://[::1]", "https://[::1]"),
    ] {
        let address: OracleAddress = format!("{given}#{PIN}").parse().unwrap();
        assert_eq!(address.to_string(), format!("{written}#{PIN}"));
        assert_eq!(address.to_string().parse(), Ok(address));
    }
}

#[test]
fn every_mistake_in_an_address_has_its_remedy() {
    let mistakes = [
        String::new(),
        "oracle.example.net".to_owned(),
        format!("http://oracle.example.net#{PIN}"),
        "https://oracle.example.net".to_owned(),
        "https://oracle.example.net#".to_owned(),
        "https://oracle.example.net#AAEC".to_owned(),
        format!("https://oracle.example.net#{}!", &PIN[1..]),
        format!("https://alice@oracle.example.net#{PIN}"),
        format!("https://oracle.example.net/#{PIN}"),
        format!("https://oracle.example.net?x#{PIN}"),
        format!("https://2001:db8::1#{PIN}"),
        format!("https://[2001:db8::1#{PIN}"),
        format!("https://#{PIN}"),
        format!("https://orakel.exämple#{PIN}"),
        format!("https://192.0.2#{PIN}"),
        format!("https://oracle.example.net:0#{PIN}"),
        format!("https://oracle.example.net:+1#{PIN}"),
        format!("https://oracle.example.net:65536#{PIN}"),
        format!("https://oracle.example.net:#{PIN}"),
    ];
    let said: Vec<String> = mistakes
        .iter()
        .map(|text| format!("{text}\n    {}", text.parse::<OracleAddress>().unwrap_err()))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}
