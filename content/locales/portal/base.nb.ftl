# Rammen rundt alle sider, og feilsider. Bokmål.

base-skip = Gå til innholdet
base-demo-name = Demo
base-demo = Demo med oppdiktede data. Ingen tall her gjelder virkelige leger eller pasienter, og du logger inn uten å vise hvem du er.
base-logged-in = Innlogget:
base-log-out = Logg ut
base-language = Språk
base-navigation = Hovedmeny

base-nav-report = Min rapport
base-nav-goals = Mål og plan
base-nav-group = Min gruppe
base-nav-courses = Kurs
base-nav-learning = E-læring
base-nav-prescribe = Skriv resept
base-nav-pharmacy = Apotek
base-nav-area = Kommune og fylke
base-nav-uptake = Bruk og effekt
base-nav-operator = Drift
base-nav-research = Forskning
base-nav-log = Innsyn og rettigheter

base-about = Om tjenesten
base-privacy = Personvern
base-accessibility = Tilgjengelighet
base-terminology = Kodeverk og rettigheter

base-reference = Trenger du hjelp, oppgi denne referansen:
base-to-front = Til forsiden
base-error-400 = Vi forsto ikke det som ble sendt
base-error-400-do = Gå tilbake og prøv en gang til. Ingenting er lagret.
base-error-401 = Du er logget ut
base-error-401-do = Innloggingen varer en begrenset tid. Logg inn igjen, så kommer du videre.
base-error-403 = Denne siden er ikke åpen for din rolle
base-error-403-do = Innloggingen din er i orden, men siden hører til en annen rolle. Mangler du en rolle du skal ha, kan driften av tjenesten gi deg den.
base-error-404 = Siden finnes ikke
base-error-404-do = Adressen kan være skrevet feil, eller siden er flyttet. Forsiden viser veien videre.
base-error-409 = Noen andre endret det samme
base-error-409-do = Det du sendte, er ikke lagret. Åpne siden på nytt, se hva som er endret, og prøv igjen.
base-error-413 = Det som ble sendt, er for stort
base-error-413-do = Ingenting er lagret. Send en kortere tekst eller en mindre fil.
base-error-429 = Mange forespørsler på kort tid
base-error-429-do = Vent ett minutt og prøv igjen. Grensen verner tjenesten og dataene i den.
base-error-500 = Noe gikk galt hos oss
base-error-500-do = Feilen er registrert uten opplysninger om deg. Prøv igjen om litt.
base-error-503 = Tjenesten er ikke tilgjengelig akkurat nå
base-error-503-do = Det du hadde lagret, er trygt. Prøv igjen om noen minutter.
