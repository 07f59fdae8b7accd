//! DECISIONS that this crate carries.

mod d4 {
    use mimi_name::DomainName;

    #[test]
    fn escapes_what_servers_read_differently() {
        let name = DomainName::from_labels([&b"o'b+r i\xFF.en"[..], b"a*", b"_mimi-x"]).unwrap();
        assert_eq!(
            name.to_string(),
            r"o\039b\043r\032i\255\046en.a\042._mimi-x."
        );
    }

    #[test]
    fn leaves_a_lone_asterisk() {
        assert_eq!(
            DomainName::parse_absolute("*.a").unwrap().to_string(),
            "*.a."
        );
        assert_eq!(DomainName::root().to_string(), ".");
    }
}
