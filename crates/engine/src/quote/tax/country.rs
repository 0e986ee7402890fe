/// Codes of ISO 3166-1.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ \
    BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM \
    DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
    GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI \
    VN VU WF WS YE YT ZA ZM ZW";

/// Member states of the European Union.
const UNION: &str = "\
    AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// The countries of ISO 3166-1, by their codes.
pub fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.split(' ')
}

/// Whether `code` is a country of ISO 3166-1, in capital letters.
pub fn is_country(code: &str) -> bool {
    listed(COUNTRIES, code)
}

/// Whether the country is a member state of the European Union.
///
/// Territories with a code of their own, such as `AX` and `GF`, are outside its VAT; those
/// that are in the VAT of another country.
pub fn is_member_state(code: &str) -> bool {
    listed(UNION, code)
}

/// The country whose VAT is that of a country: Monaco is with France, the Isle of Man with the
/// United Kingdom, every other country by itself.
pub(super) fn vat_area(code: &str) -> &str {
    match code {
        "MC" => "FR",
        "IM" => "GB",
        own => own,
    }
}

fn listed(codes: &str, code: &str) -> bool {
    codes.split(' ').any(|it| it == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_member_states() {
        for (code, country, member) in [
            ("NL", true, true),
            ("GR", true, true),
            ("NO", true, false),
            ("GB", true, false),
            ("AX", true, false),
            ("EL", false, false),
            ("nl", false, false),
            ("NL BE", false, false),
            ("", false, false),
        ] {
            assert_eq!(is_country(code), country, "{code}");
            assert_eq!(is_member_state(code), member, "{code}");
        }
        assert_eq!(countries().count(), 249);
        assert_eq!(UNION.split(' ').filter(|it| is_country(it)).count(), 27);
    }
}
