//! Pages that every reader may read: accessibility, privacy, terminology rights, about.

use askama::Template;

use crate::page::{Framed, Page};
use crate::shell::Shell;

/// A page of words only: a template, and a handler that shows it.
macro_rules! statement {
    ($name:ident, $path:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Debug, Template)]
        #[template(path = $path)]
        pub struct $name {
            shell: Shell,
        }

        impl Framed for $name {
            fn shell(&self) -> &Shell {
                &self.shell
            }
        }

        impl $name {
            #[doc = $doc]
            pub async fn show(shell: Shell) -> Page<Self> {
                Page::new($name { shell })
            }
        }
    };
}

statement!(
    Accessibility,
    "statements/accessibility.html",
    "`GET /accessibility` (tilgjengelighetserklæring)."
);
statement!(
    Privacy,
    "statements/privacy.html",
    "`GET /privacy` (personvernerklæring)."
);
statement!(
    Terminology,
    "statements/terminology.html",
    "`GET /terminology`: whose the code systems are."
);
statement!(
    About,
    "statements/about.html",
    "`GET /about`: what this service is and who answers for it."
);
