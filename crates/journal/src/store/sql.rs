//! A statement: visible, constant, and either a question or a change.

/// A statement that only reads; it cannot be made of anything else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Select {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// A statement that changes rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// Name and text of a statement, for the test that prepares them all.
#[cfg(test)]
pub(crate) type Listed = (&'static str, &'static str);

impl Select {
    /// Checked when the program is compiled.
    pub(crate) const fn new(name: &'static str, text: &'static str) -> Self {
        assert!(
            begins_with(text, "SELECT "),
            "a statement that reads begins with SELECT"
        );
        Self { name, text }
    }
}

impl Change {
    /// Checked when the program is compiled.
    pub(crate) const fn new(name: &'static str, text: &'static str) -> Self {
        assert!(
            begins_with(text, "INSERT ")
                || begins_with(text, "UPDATE ")
                || begins_with(text, "DELETE "),
            "a statement that changes begins with INSERT, UPDATE or DELETE"
        );
        Self { name, text }
    }
}

const fn begins_with(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let mut at = 0;
    while at < word.len() {
        if at >= text.len() || text[at] != word[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The statements of a file: a constant each, named in errors by file and name, and a list for the test.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident: $kind:ident = $text:literal;)+) => {
        $(
            $(#[$doc])*
            const $name: $crate::store::$kind =
                $crate::store::$kind::new(concat!(module_path!(), "::", stringify!($name)), $text);
        )+
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[$crate::store::Listed] =
            &[$((concat!(module_path!(), "::", stringify!($name)), $text)),+];
        // A test's own statements are in no list; that no other file is forgotten is a test, too.
        #[cfg(test)]
        const _: &[$crate::store::Listed] = STATEMENTS;
    };
}
pub(crate) use statements;
