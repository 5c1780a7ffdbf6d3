// SPDX-License-Identifier: EUPL-1.2
//! Quantities: notation worked out by hand, and properties over generated ones.

use amip::model::quantity::{
    Interval, Number, ParseError, Qualifier, Quantity, Scale, Standing, Unit, UnitName, Units,
    Value, decimal, parse, parse_as, read_in_text,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn units() -> Units {
    Units::default()
}

fn printed(text: &str) -> String {
    parse(text, &units())
        .unwrap_or_else(|error| panic!("{text}: {error:?}"))
        .to_string()
        .replace('\u{a0}', " ")
}

fn interval(text: &str) -> (Option<String>, Option<String>) {
    let quantity = parse(text, &units()).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let interval = quantity.interval().unwrap_or_else(|| panic!("{text} has no interval"));
    let end = |end: Option<Decimal>| end.map(|end| end.normalize().to_string());
    (end(interval.low), end(interval.high))
}

#[test]
fn print_notation_is_read_and_printed_in_house_style() {
    for (written, expected) in [
        ("1.800", "1.800"),
        ("1800", "1.800"),
        ("1 800", "1.800"),
        ("12", "12"),
        ("39,53 Mio. €", "39,53 Mio. €"),
        ("39,53\u{a0}Mio.\u{a0}€", "39,53 Mio. €"),
        ("rd. 1,1 Mio. EUR", "rd. 1,1 Mio. €"),
        ("2.200.000 €", "2.200.000 €"),
        ("867.929,42 €", "867.929,42 €"),
        ("500,- € / Monat", "500 € / Monat"),
        ("12 T€", "12 Tsd. €"),
        ("rd. 2.500", "rd. 2.500"),
        ("rund 2500", "rd. 2.500"),
        ("Knapp 21%", "knapp 21 %"),
        ("mehr als 100.000", "mehr als 100.000"),
        ("60 bis 150", "60 bis 150"),
        ("655 - 660", "655 bis 660"),
        ("22,5 % bis 23,5 %", "22,5 bis 23,5 %"),
        ("2,1 Mio. € – 2,3 Mio. €", "2,1 bis 2,3 Mio. €"),
        ("ca. 2 – 6 Wochen", "ca. 2 bis 6 Wochen"),
        ("25 (bis 30)", "25 (bis 30)"),
        ("25 Plätze (bis 30 Plätze)", "25 Plätze (bis 30)"),
        ("(2.500)", "(2.500)"),
        ("(610.000 €)", "(610.000 €)"),
        ("60*", "60*"),
        ("144 (in FbW enthalten)", "144 (in FbW enthalten)"),
        ("ca. 550 (zzgl. ca. 450 Kurzberatungen)", "ca. 550 (zzgl. ca. 450 Kurzberatungen)"),
        ("1:73", "1:73"),
        ("868,20 VZÄ", "868,20 VZÄ"),
        ("-17,1 %", "−17,1 %"),
        ("−17,1%", "−17,1 %"),
        ("+1,5%", "+1,5 %"),
        ("2 x Jahr", "2 x Jahr"),
        ("1 Platz", "1 Platz"),
        ("1 Plätze", "1 Platz"),
        ("190 Förderfällen", "190 Förderfälle"),
        ("offen", "offen"),
        ("*", "*"),
        ("./.", "./."),
        ("-", "–"),
        ("Einkauf erfolgte im Vorjahr", "Einkauf erfolgte im Vorjahr"),
        ("Auszahlung 2021", "Auszahlung 2021"),
        ("zu Lasten SGB III", "zu Lasten SGB III"),
        ("zwei", "zwei"),
        ("vier Teams", "vier Teams"),
        ("ein Drittel", "ein Drittel"),
        ("verdoppelt", "verdoppelt"),
        ("43,1 Mio.", "43,1 Mio."),
        ("92 Beschäftigte je 100 Einwohner", "92 Beschäftigte / 100 Einwohner"),
    ] {
        assert_eq!(printed(written), expected, "{written}");
    }
}

#[test]
fn what_cannot_be_meant_is_an_error() {
    for (written, expected) in [
        ("39.53", ParseError::DecimalPoint("39,53".to_owned())),
        ("12.5%", ParseError::DecimalPoint("12,5 %".to_owned())),
        ("1,800.50", ParseError::English("1.800,50".to_owned())),
        ("12.34.567", ParseError::Grouping("12.34.567".to_owned())),
        ("", ParseError::Empty),
        ("150 bis 60", ParseError::Reversed),
        ("9.84O.000 €", ParseError::Letter("9.840.000 €".to_owned())),
        ("1l2 Eintritte", ParseError::Letter("112 Eintritte".to_owned())),
        ("30 (bis 25)", ParseError::Reversed),
        ("l.800", ParseError::Unreadable),
        ("O,5 Mio. €", ParseError::Unreadable),
        ("1.234.567.890.123.456", ParseError::TooLarge),
        (
            "120 Eintrite",
            ParseError::UnknownUnit(
                "Eintrite".to_owned(),
                Some("Meinten Sie „Eintritte“?".to_owned()),
            ),
        ),
    ] {
        assert_eq!(parse(written, &units()), Err(expected), "{written}");
    }
}

#[test]
fn a_dot_never_separates_decimals() {
    assert_eq!(parse("1.000", &units()).unwrap().nominal(), Some(Decimal::from(1000)));
}

#[test]
fn rounded_figures_are_intervals() {
    let exact = |value: &str| (Some(value.to_owned()), Some(value.to_owned()));
    let between = |low: &str, high: &str| (Some(low.to_owned()), Some(high.to_owned()));
    assert_eq!(interval("39,53 Mio. €"), between("39525000", "39535000"));
    assert_eq!(interval("1,0 Mio. €"), between("950000", "1050000"));
    assert_eq!(interval("2.200.000 €"), exact("2200000"));
    assert_eq!(interval("1.800"), exact("1800"));
    assert_eq!(interval("rd. 2.500"), between("2450", "2550"));
    assert_eq!(interval("rd. 4 Mio. €"), between("3500000", "4500000"));
    assert_eq!(interval("rd. 44,53 Mio. €"), between("44525000", "44535000"));
    assert_eq!(interval("knapp 21 %"), between("20", "21"));
    assert_eq!(interval("gut 60"), between("60", "70"));
    assert_eq!(interval("17 %"), between("16.5", "17.5"));
    assert_eq!(interval("61,0 %"), between("60.95", "61.05"));
    assert_eq!(interval("60 bis 150"), between("60", "150"));
    assert_eq!(interval("25 (bis 30)"), between("25", "30"));
    assert_eq!(interval("mehr als 100.000"), (Some("100000".to_owned()), None));
    assert_eq!(interval("bis zu 20"), (None, Some("20".to_owned())));
    assert_eq!(interval("1:73"), between("72.5", "73.5"));
    assert_eq!(interval("./."), exact("0"));
    assert_eq!(interval("2 Jahre"), exact("24"));
}

#[test]
fn standing_decides_about_sums() {
    let counts = |text: &str| parse(text, &units()).unwrap().counts();
    assert!(counts("60*") && counts("25 (bis 30)") && counts("rd. 2.500") && counts("./."));
    assert!(!counts("(2.500)") && !counts("144 (in FbW enthalten)") && !counts("ESF-Mittel"));
}

#[test]
fn a_column_implies_the_unit() {
    let (scale, unit) = units().unit("Mio. €").unwrap();
    let quantity = parse_as("0,3", &units(), scale, unit.as_ref()).unwrap();
    assert_eq!(quantity.nominal(), Some(Decimal::from(300_000)));
    assert_eq!(quantity.without_unit().to_string(), "0,3");
    let reason = parse_as("ESF-Mittel", &units(), scale, unit.as_ref()).unwrap();
    assert_eq!((reason.scale, reason.unit), (Scale::One, None));
}

#[test]
fn a_phrase_states_a_figure() {
    for (phrase, expected) in [
        ("rd. 190 Förderfällen", "rd. 190 Förderfälle"),
        ("92 Beschäftigten je 100 Einwohner", "92 Beschäftigte / 100 Einwohner"),
        ("4.891 offene Stellen", "4.891"),
        ("Ein Drittel der Betriebe", "ein Drittel"),
        ("mehr als jeder zweite Betrieb", "mehr als die Hälfte"),
        ("etwa dreiviertel", "etwa drei Viertel"),
        ("über 25jährige", "über 25 Jahre"),
        ("25- bis unter 35-jähriger", "25 bis 35 Jahre"),
        ("bis zu achtwöchigen", "bis zu 8 Wochen"),
        ("alle drei bis alle sechs Monate", "3 bis 6 Monate"),
        ("zweimal jährlich", "2 x Jahr"),
        ("einmal pro Jahr", "1 x Jahr"),
        ("monatlichen", "12 x Jahr"),
        ("12.", "12"),
        ("35. Lebensjahr", "35"),
        ("eine Steigerung um 10 %", "10 %"),
        ("mehr als doppelt so hoch", "mehr als verdoppelt"),
        ("verdreifacht", "verdreifacht"),
        ("16-24jährig", "16 bis 24 Jahre"),
        ("in 2027 rund 2.700", "rd. 2.700"),
        ("1 : 73", "1:73"),
        ("1 zu 73", "1:73"),
        ("nicht mehr als 30", "höchstens 30"),
        ("nahezu 2.800", "knapp 2.800"),
    ] {
        let found =
            read_in_text(phrase, &units()).unwrap_or_else(|| panic!("nothing in „{phrase}“"));
        assert_eq!(found.to_string().replace('\u{a0}', " "), expected, "{phrase}");
    }
    for phrase in ["viele Menschen", "der Anteil", ""] {
        assert_eq!(read_in_text(phrase, &units()), None, "{phrase}");
    }
}

#[test]
fn computed_values_are_rounded_commercially() {
    let half = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(decimal(half("2.5"), 0), "3");
    assert_eq!(decimal(half("-2.5"), 0), "−3");
    assert_eq!(decimal(half("1234567.895"), 2), "1.234.567,90");
    assert_eq!(decimal(half("-0.04"), 1), "0,0");
}

fn number() -> impl Strategy<Value = Number> {
    (0_i64..10_000_000, 0_u32..3, any::<bool>(), any::<bool>()).prop_map(
        |(value, decimals, minus, plus)| {
            let value = Decimal::new(if minus && value != 0 { -value } else { value }, decimals);
            Number { value, decimals, plus: plus && !value.is_sign_negative() }
        },
    )
}

fn positive() -> impl Strategy<Value = Number> {
    (0_i64..10_000_000, 0_u32..3).prop_map(|(value, decimals)| Number {
        value: Decimal::new(value, decimals),
        decimals,
        plus: false,
    })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => number().prop_map(Value::Number),
        1 => (positive(), positive()).prop_map(|(a, b)| {
            if a.value <= b.value { Value::Range(a, b) } else { Value::Range(b, a) }
        }),
        1 => (positive(), positive()).prop_map(|(a, b)| {
            if a.value <= b.value { Value::UpTo(a, b) } else { Value::UpTo(b, a) }
        }),
        1 => (1_i64..9, 1_i64..400)
            .prop_map(|(a, b)| Value::Ratio(Number::whole(a), Number::whole(b))),
        1 => (1_u8..=12).prop_map(Value::Word),
        1 => (1_u8..3, 3_u8..=10).prop_map(|(part, whole)| Value::Fraction(part, whole)),
        1 => (2_u8..=5).prop_map(Value::Multiplied),
        1 => Just(Value::Halved),
        1 => Just(Value::Nothing),
        1 => Just(Value::Dash),
        1 => Just(Value::Open),
        1 => Just(Value::Suppressed),
        1 => prop::sample::select(vec![
            "ESF-Mittel",
            "Einkauf erfolgte im Vorjahr",
            "Kalkulation VJ",
            "zu Lasten SGB III",
            "fremdfinanziert",
            "nach Bedarf",
        ])
        .prop_map(|reason| Value::Reason(reason.to_owned())),
    ]
}

fn unit() -> impl Strategy<Value = (Scale, Option<Unit>)> {
    let counted =
        ["Eintritte", "Plätze", "Förderfälle", "Gutscheine", "Stellen", "Monate", "Jahre"];
    let per = prop::option::of(prop::sample::select(vec!["Monat", "Jahr", "Platz"]));
    prop_oneof![
        Just((Scale::One, None)),
        Just((Scale::Million, None)),
        (
            prop::sample::select(vec![Scale::One, Scale::Thousand, Scale::Million, Scale::Billion]),
            per
        )
            .prop_map(|(scale, per)| {
                let unit = Unit { name: UnitName::Euro, per: per.map(str::to_owned) };
                (scale, Some(unit))
            }),
        Just((Scale::One, Some(Unit::plain(UnitName::Percent)))),
        Just((Scale::One, Some(Unit::plain(UnitName::Points)))),
        Just((Scale::One, Some(Unit::plain(UnitName::FullTime)))),
        Just((Scale::One, Some(Unit { name: UnitName::Times, per: Some("Jahr".to_owned()) }))),
        prop::sample::select(counted.to_vec())
            .prop_map(|name| { (Scale::One, Some(Unit::plain(UnitName::Count(name.to_owned())))) }),
    ]
}

fn qualifier() -> impl Strategy<Value = Qualifier> {
    prop::sample::select(vec![
        Qualifier::None,
        Qualifier::Rounded,
        Qualifier::Circa,
        Qualifier::About,
        Qualifier::AlmostUp,
        Qualifier::JustOver,
        Qualifier::Over,
        Qualifier::MoreThan,
        Qualifier::Under,
        Qualifier::UpTo,
        Qualifier::AtLeast,
        Qualifier::AtMost,
    ])
}

/// Quantities of every kind that print notation can say.
fn quantity() -> impl Strategy<Value = Quantity> {
    let standing = prop_oneof![
        4 => Just(Standing::Counts),
        1 => (1_u8..3).prop_map(Standing::Starred),
        1 => Just(Standing::Parenthesised),
        1 => Just(Standing::ContainedIn("FbW".to_owned())),
    ];
    let remark = prop::option::weighted(0.1, Just("zzgl. Beratungen".to_owned()));
    (value(), unit(), qualifier(), standing, remark).prop_map(
        |(value, (scale, unit), qualifier, standing, remark)| {
            let mut quantity =
                Quantity { value, scale, unit, qualifier, standing, remark, addition: None };
            // What cannot stand together in print.
            match &quantity.value {
                Value::Ratio(..) | Value::Fraction(..) | Value::Multiplied(_) | Value::Halved => {
                    quantity.scale = Scale::One;
                    quantity.unit = None;
                    quantity.standing = Standing::Counts;
                    quantity.remark = None;
                }
                Value::Word(_) | Value::UpTo(..) => {
                    quantity.standing = Standing::Counts;
                    quantity.remark = None;
                }
                Value::Number(_) | Value::Range(..) => {}
                _ => quantity = Quantity::new(quantity.value),
            }
            if quantity.standing != Standing::Counts {
                quantity.remark = None;
            }
            quantity
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_as_the_same(quantity in quantity()) {
        let text = quantity.to_string();
        prop_assert_eq!(parse(&text, &units()), Ok(quantity), "{}", text);
    }

    #[test]
    fn the_interval_contains_the_printed_value(quantity in quantity()) {
        if let (Some(nominal), Some(interval)) = (quantity.nominal(), quantity.interval()) {
            prop_assert!(interval.contains(nominal), "{quantity}: {nominal} in {interval:?}");
        }
    }

    #[test]
    fn the_interval_of_a_sum_contains_the_sum_of_any_members(
        parts in prop::collection::vec((quantity(), 0_i64..=100), 1..8)
    ) {
        let mut total = Interval::exact(Decimal::ZERO);
        let mut sum = Decimal::ZERO;
        for (quantity, percent) in parts {
            let Some(interval) = quantity.interval() else { continue };
            // Any member: a point between the ends, or beyond the end that is open.
            let share = Decimal::new(percent, 2);
            let member = match (interval.low, interval.high) {
                (Some(low), Some(high)) => low + (high - low) * share,
                (Some(low), None) => low + Decimal::from(1000) * share,
                (None, Some(high)) => high - Decimal::from(1000) * share,
                (None, None) => share,
            };
            prop_assert!(interval.contains(member));
            sum += member;
            total = total.plus(interval).expect("no overflow");
        }
        prop_assert!(total.contains(sum), "{sum} in {total:?}");
    }

    #[test]
    fn differences_and_quotients_contain_those_of_any_members(
        a in 1_i64..1_000_000, b in 1_i64..1_000_000, slack in 0_i64..500, at in 0_i64..=100, to in 0_i64..=100
    ) {
        let around = |value: i64| Interval::new(Decimal::from(value), Decimal::from(value + slack));
        let member = |value: i64, share: i64| Decimal::from(value) + Decimal::from(slack) * Decimal::new(share, 2);
        let (x, y) = (member(a, at), member(b, to));
        prop_assert!(around(a).subtract(around(b)).unwrap().contains(x - y));
        let quotient = around(a).divide(around(b)).unwrap();
        let tolerance = Decimal::new(1, 20);
        let value = x / y;
        prop_assert!(quotient.contains(value) || quotient.contains(value + tolerance) || quotient.contains(value - tolerance));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
        let _ = parse(&text, &units());
        let _ = read_in_text(&text, &units());
    }

    #[test]
    fn no_mixture_of_signs_makes_the_reader_panic(text in "[-+0-9.,:*()%€ a-zäbisrdcMio]{0,24}") {
        let _ = parse(&text, &units());
        let _ = read_in_text(&text, &units());
    }
}

#[test]
fn words_may_add_something_without_a_number() {
    let units = Units::default();
    let found = parse("20 und Stundenkontingente bei abH", &units).expect("a number");
    assert_eq!(found.nominal(), Some(Decimal::from(20)));
    assert!(found.counts());
    assert_eq!(found.to_string(), "20 und Stundenkontingente bei abH");
    // A second number would be lost.
    assert!(parse("20 und 30 bei abH", &units).is_err());
}

#[test]
fn a_sign_may_stand_apart_but_a_range_is_none() {
    let units = Units::default();
    let value = |text: &str| parse(text, &units).expect("a number").nominal();
    assert_eq!(value("- 1.320 Plätze"), Some(Decimal::from(-1320)));
    assert_eq!(value("+ 1,5 %"), Some(Decimal::new(15, 1)));
    let range = parse("655 - 660", &units).expect("a range");
    assert_eq!(range.to_string(), "655 bis 660");
    let said = read_in_text("Wegfall von - 320 Plätzen", &units).expect("a number");
    assert_eq!(said.nominal(), Some(Decimal::from(-320)));
}
