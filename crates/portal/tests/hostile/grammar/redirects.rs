//! Addresses that lead from a page of ours to somebody else's.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::attack::{Attack, Expected, Who};
use crate::wire::Request;

const STRANGERS: [&str; 24] = [
    "https://evil.example",
    "https://evil.example/report",
    "http:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\u{0}//evil.example",
    "//evil.example\\@riktig.example",
    "//riktig.example@evil.example",
    "https://riktig.example.evil.example",
    "https://riktig.example@evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>hostile</script>",
    "//evil%E3%80%82example",
    "//[::1]/",
];

pub(super) fn open() -> Vec<Attack> {
    let mut attacks = Vec::new();
    let login = || Request::form("/login/demo", &[("persona", "doctor")]).same_origin();
    for to in STRANGERS {
        let name = |door: &str| ("open redirect", format!("{door}: {to:?}"));
        let form = Request::form("/language", &[("lang", "nb"), ("to", to)]).same_origin();
        attacks.push(Attack::new(
            name("language"),
            Who::Nobody,
            form,
            Expected::Harmless,
        ));

        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("to", to);
        let begin = Request::get(&format!("/login?{}", query.finish()));
        let mut attack = Attack::new(name("login"), Who::Nobody, begin, Expected::Harmless);
        attack.then = Some(login());
        attacks.push(attack);

        for encoded in [URL_SAFE_NO_PAD.encode(to), STANDARD.encode(to)] {
            let planted = login().header("Cookie", &format!("__Host-riktig-to={encoded}"));
            attacks.push(Attack::new(
                name("planted cookie"),
                Who::Nobody,
                planted,
                Expected::Harmless,
            ));
        }
    }
    attacks
}
