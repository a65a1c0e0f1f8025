//! Every key of the configuration, once: its name, what stands there when nothing is said, and what it means.
//!
//! The file that `riktig serve --print-config` writes, the names of the environment variables and the table in
//! `docs/reference/operation.md` are made of this list.

/// What stands there when nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Default {
    /// A text; an empty one means "none".
    Text(&'static str),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// One key of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The table of the file.
    pub section: &'static str,
    /// The key within its table, units last.
    pub name: &'static str,
    /// What stands there when nothing is said.
    pub default: Default,
    /// What it means.
    pub meaning: &'static str,
}

impl Key {
    /// `server.listen`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}.{}", self.section, self.name)
    }

    /// `RIKTIG_SERVER__LISTEN`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("RIKTIG_{}__{}", self.section, self.name).to_uppercase()
    }
}

const fn text(
    section: &'static str,
    name: &'static str,
    default: &'static str,
    meaning: &'static str,
) -> Key {
    Key {
        section,
        name,
        default: Default::Text(default),
        meaning,
    }
}

const fn number(
    section: &'static str,
    name: &'static str,
    default: i64,
    meaning: &'static str,
) -> Key {
    Key {
        section,
        name,
        default: Default::Number(default),
        meaning,
    }
}

const fn flag(
    section: &'static str,
    name: &'static str,
    default: bool,
    meaning: &'static str,
) -> Key {
    Key {
        section,
        name,
        default: Default::Flag(default),
        meaning,
    }
}

/// Every key.
pub const KEYS: &[Key] = &[
    text(
        "server",
        "listen",
        "127.0.0.1:8080",
        "Address and port on which the portal answers. Plain HTTP: a proxy in front of it speaks TLS.",
    ),
    text(
        "server",
        "public_url",
        "http://127.0.0.1:8080",
        "The address that people see, without a path. Only requests for this host are answered; everything but the loopback must be https.",
    ),
    number(
        "server",
        "trusted_hops",
        0,
        "How many proxies in front of the portal add to X-Forwarded-For. 0: the header is not read.",
    ),
    number(
        "server",
        "stop_seconds",
        20,
        "How long requests under way may take after a stop was asked for.",
    ),
    text(
        "metrics",
        "listen",
        "",
        "Address and port on which metrics are told (/metrics), for the monitoring network alone. Empty: nowhere.",
    ),
    text(
        "journal",
        "url",
        "sqlite:riktig-journal.db",
        "Where the journal is: sqlite:FILE or postgres://USER@HOST/DATABASE.",
    ),
    text(
        "journal",
        "password_file",
        "",
        "File with the password of the PostgreSQL user. Empty: none is sent.",
    ),
    text(
        "journal",
        "keys_file",
        "riktig-journal.keys",
        "File with the journal's keys (identity look-up and field encryption). `riktig migrate` makes one where none is.",
    ),
    text(
        "editions",
        "folder",
        "editions",
        "Folder whose folders are editions. The portal opens those that stand on the journal's shelf.",
    ),
    flag(
        "editions",
        "synthetic",
        false,
        "Marks every page as invented data.",
    ),
    text(
        "lake",
        "manifest",
        "",
        "manifest.json of the lake, or a copy of it: what operators see of deliveries. It holds counts and no pseudonym; the lake itself is not read. Empty: nothing is told of deliveries.",
    ),
    text(
        "operator",
        "name",
        "",
        "Who runs the service and answers for the data in it, as the statements on privacy and accessibility name it. Empty: unnamed.",
    ),
    text(
        "operator",
        "contact",
        "",
        "How one reaches them: an e-mail address, a telephone number or an address, as it is to be read. Empty: not told.",
    ),
    text(
        "login",
        "issuer",
        "",
        "Address of HelseID, for instance https://helseid-sts.test.nhn.no. Empty: nobody can log in.",
    ),
    text("login", "client_id", "", "The portal's id at HelseID."),
    text(
        "login",
        "key_file",
        "",
        "File with the portal's private key for HelseID, as a JSON Web Key.",
    ),
    text(
        "login",
        "scopes",
        "openid helseid://scopes/identity/pid helseid://scopes/identity/security_level helseid://scopes/identity/assurance_level helseid://scopes/hpr/hpr_number",
        "What is asked of HelseID, separated by spaces.",
    ),
    text(
        "login",
        "organisation",
        "",
        "Organisation number of the sub-unit (underenhet) on whose behalf people log in, sent to HelseID. Empty: not sent.",
    ),
    number(
        "session",
        "idle_minutes",
        30,
        "A session ends when nothing was asked for so long.",
    ),
    number(
        "session",
        "longest_minutes",
        480,
        "A session ends after so long in any case.",
    ),
    number(
        "limits",
        "body_bytes",
        65_536,
        "Largest request body, in bytes; deliveries are taken in by `riktig intake`, not here.",
    ),
    number(
        "limits",
        "request_seconds",
        10,
        "Longest time for one request.",
    ),
    number(
        "limits",
        "requests_at_once",
        256,
        "Most requests worked on at once; four times as many may be arriving. Further ones are asked to come back.",
    ),
    number(
        "limits",
        "requests_per_minute",
        6_000,
        "Most requests a minute of one session, or of one address where nobody is logged in. Generous: hundreds of doctors may log in at once behind one address. 0: no limit.",
    ),
    text(
        "hooks",
        "algorithms",
        "ES384 RS384",
        "How systems that ask for advice may sign their calls, separated by spaces. ES256 and RS256 may be added for one that cannot do better.",
    ),
    number(
        "hooks",
        "body_bytes",
        2_097_152,
        "Largest body of a call for advice, in bytes: a record of some hundred resources.",
    ),
    number(
        "hooks",
        "requests_at_once",
        64,
        "Most calls for advice under way at once, apart from people's pages.",
    ),
    number(
        "hooks",
        "requests_per_minute",
        60_000,
        "Most calls for advice a minute of one address. 0: no limit.",
    ),
    number(
        "hooks",
        "fetch_milliseconds",
        1_500,
        "How long is read from a system's FHIR server, for one call, what it did not send. 0: nothing is read.",
    ),
    text(
        "hooks",
        "fest",
        "",
        "The national drug register FEST, unpacked (fest251.xml): its interactions are judged too, and a drug is known by its product number. Read at the start; without it only the guideline's own rows are judged, and a drug is known by its ATC code alone.",
    ),
    text(
        "chain",
        "intermediary_url",
        "",
        "Where the intermediary of prescriptions takes messages: they go to /messages below it. Empty: nobody prescribes from here, and there is no page for it.",
    ),
    text(
        "chain",
        "intermediary_name",
        "Reseptformidleren",
        "The intermediary's name, as messages and pages have it.",
    ),
    number(
        "chain",
        "intermediary_her",
        80_624,
        "The intermediary's number in the address register of the health network (HER-id).",
    ),
    text(
        "chain",
        "keys_folder",
        "riktig-signing-keys",
        "Folder with the doctors' signing keys: NUMBER.key (RSA, PKCS #8, DER) and NUMBER.cer (DER), by HPR number.",
    ),
    text(
        "chain",
        "name",
        "",
        "The surgery's name, as messages have it.",
    ),
    number("chain", "her", 0, "The surgery's HER-id."),
    text(
        "chain",
        "organisation",
        "",
        "The surgery's organisation number. Empty: not told.",
    ),
    text(
        "pharmacy",
        "intermediary_url",
        "",
        "Where the intermediary of prescriptions takes messages: they go to /messages below it. Empty: nobody dispenses from here, and there is no page for it.",
    ),
    text(
        "pharmacy",
        "intermediary_name",
        "Reseptformidleren",
        "The intermediary's name, as messages have it.",
    ),
    number(
        "pharmacy",
        "intermediary_her",
        80_624,
        "The intermediary's number in the address register of the health network (HER-id).",
    ),
    text(
        "pharmacy",
        "intermediary_organisation",
        "",
        "The intermediary's organisation number, as its certificate has it: only answers that it signed are believed.",
    ),
    text(
        "pharmacy",
        "registry_url",
        "",
        "Where the registry of dispensings takes messages. Empty: reports to it wait here.",
    ),
    text(
        "pharmacy",
        "registry_name",
        "Legemiddelregisteret",
        "The registry's name, as messages have it.",
    ),
    text(
        "pharmacy",
        "name",
        "",
        "The pharmacy's name, as messages and labels have it.",
    ),
    number("pharmacy", "her", 0, "The pharmacy's HER-id."),
    text(
        "pharmacy",
        "organisation",
        "",
        "The pharmacy's organisation number.",
    ),
    text(
        "pharmacy",
        "key_file",
        "",
        "File with the pharmacy's private key (RSA, PKCS #8, DER); its certificate (DER) lies beside it and ends in .cer.",
    ),
    text(
        "pharmacy",
        "authorities_folder",
        "",
        "Folder with the certificates (DER, ending in .cer) of the authorities whose signatures are believed.",
    ),
    flag(
        "pharmacy",
        "test_authorities",
        false,
        "The authorities are test authorities of this project.",
    ),
    text(
        "pharmacy",
        "pharmacists_file",
        "",
        "File of those who dispense here: a line `hpr;category`, then one line for each with the HPR number and the category of list 9060 (FA1 or FA2: a pharmacist; others are kept out).",
    ),
    text(
        "look_up",
        "prescribers_file",
        "",
        "Register of who may prescribe, as the intermediary's: a line `hpr;right`, then one line for each with the HPR number and `all`, `none` or ATC groups. Whoever is not in it, or may prescribe nothing, cannot look up what was dispensed to a patient. Empty: nobody here can tell, and whoever has an HPR number can, but the pharmacists of the portal's own pharmacy.",
    ),
    text(
        "log",
        "level",
        "info",
        "What is logged: error, warn, info, debug, trace.",
    ),
    text(
        "log",
        "format",
        "json",
        "json: one JSON object a line. text: for eyes.",
    ),
];

/// The key of this section and name.
#[must_use]
pub(super) fn find(section: &str, name: &str) -> Option<&'static Key> {
    KEYS.iter()
        .find(|key| key.section == section && key.name == name)
}
