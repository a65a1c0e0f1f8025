# Fråsegner og opplysningar om tenesta. Nynorsk.

statements-about-lead = Riktig lagar éin rapport om antibiotikabruk for kvar lege, av dataa som registera alt har. Rapporten skal vere rettvis, lett å lese og til å handle etter.
statements-about-why-title = Kvifor
statements-about-why = Antibiotika som ikkje trengst, gir resistens og biverknader. Legar som ser eigne tal saman med kollegaer og lagar ein plan, endrar meir enn legar som berre får råd. Difor følgjer rapporten eit kurs i etterutdanningsgruppa, og ei oppfølging som viser om noko vart annleis.
statements-about-how-title = Slik blir tala til
statements-about-how = Kvar utlevering av antibiotika blir kopla til kontakten som ho høyrer til. Talet ditt står ved sida av det som var å vente for dei same pasientane hos legar flest. Er grunnlaget for lite til å seie noko, seier rapporten det. Nedst i kvar rapport står det kva data han byggjer på, og kva som er utelate.
statements-about-not-title = Kva han ikkje er
statements-about-not = Rapporten er ikkje eit tilsyn, ikkje ei rangering og ikkje ein fasit for den einskilde pasienten. Ingen får han i hende utan at du deler han.
statements-about-open-title = Open kjeldekode
statements-about-open = Programmet er fritt under EUPL 1.2. Definisjonen av kvart mål, med rekneeksempel, ligg ope saman med koden.

statements-privacy-lead = Her står det kva opplysningar om deg tenesta behandlar, kvifor, kor lenge, og kva du kan krevje. Tenesta sporar deg ikkje, og sidene hentar ingenting frå andre.
statements-privacy-who-title = Kven som har ansvaret
statements-privacy-who = Behandlingsansvarleg er verksemda som driv denne tenesta. Dit rettar du spørsmål og krav. Er du usamd i svaret, kan du klage til Datatilsynet.
statements-operator-name = Verksemda er { $name }.
statements-operator-contact = Du når dei her: { $contact }
statements-privacy-what-title = Kva som blir behandla
statements-privacy-what-login = Innlogging: fødselsnummeret frå HelseID blir berre lagra som ein nøkla kontrollsum som ikkje kan lesast tilbake. HPR-nummer, valt språk, første og siste innlogging, og kva verksemd du logga inn for.
statements-privacy-what-report = Rapporten: tal om eiga forskriving, laga av data frå Legemiddelregisteret og Kommunalt pasient- og brukarregister. Pasientane er pseudonym med hemmeleg nøkkel, og rapporten inneheld ingen pasient.
statements-privacy-what-work = Det du gjer her: mål og planar, kva du har delt og med kven, gruppe og kurs, oppmøte og prøvar, tal du har sagt ikkje er dine, og når du opna eller lasta ned rapporten.
statements-privacy-what-log = Loggen: kvar gong nokon ser noko om ein annan eller endrar noko, blir det skrive kven, om kven, kva, når og på kva grunnlag. Du kan lese det som gjeld deg, under Innsyn og rettar.
statements-privacy-basis-title = Kvifor, og med kva rett
statements-privacy-basis = Føremålet er betre kvalitet i antibiotikabehandling. Grunnlaget er ei oppgåve i ålmenta si interesse (personvernforordninga artikkel 6 nr. 1 bokstav e), og for helseopplysningane artikkel 9 nr. 2 bokstav h og i, saman med helseregisterlova og vilkåra i vedtaket om utlevering frå registera. Deling med gruppeleiar skjer berre når du sjølv vel det, og du kan trekkje det tilbake når som helst.
statements-privacy-long-title = Kor lenge
statements-privacy-long-session = Innlogginga: til du loggar ut, eller til ho har vore ubrukt ei stund. Høgst eit døgn.
statements-privacy-long-shares = Deling som er trekt tilbake: eitt år.
statements-privacy-long-fetched = Utsendingar, avgjorde innvendingar, og når rapporten vart opna: fem år.
statements-privacy-long-away = Alt om deg, når du ikkje har logga inn på fem år og ikkje har eit verv her: blir sletta.
statements-privacy-long-courses = Kurs, oppmøte, prøvar og avslutta medlemskap i grupper: ti år.
statements-privacy-long-names = Namn i loggen: ti år. Linjene blir ståande utan namn, så ingen kan fjerne spor etter seg. Slettar du alt om deg, står det du gjorde overfor andre framleis i loggen deira.
statements-privacy-rights-title = Rettane dine
statements-privacy-rights = Du kan sjå alt som er lagra om deg, laste det ned, rette det du sjølv har skrive, protestere mot behandlinga, og slette det du har skrive, eller alt om deg. Tal som ikkje er dine, kan du melde på rapportsida; dei blir merkte til dei er avgjorde. Tala i ein rapport som er gitt ut, blir ikkje endra, men ein feil blir retta i den neste.
statements-privacy-cookies-title = Informasjonskapslar
statements-privacy-cookies = Éin for innlogginga og éin for språket, begge frå oss og begge nødvendige. Medan du loggar inn, er det òg éin som hugsar kvar du skulle. Inga måling, ingen reklame.

statements-accessibility-lead = Tenesta skal kunne brukast av alle. Målet er WCAG 2.2 på nivå AA, meir enn forskrifta om universell utforming av IKT krev.
statements-accessibility-done-title = Kva du kan rekne med
statements-accessibility-done-keyboard = Alt kan gjerast med tastatur åleine, og det er synleg kvar du er.
statements-accessibility-done-script = Alle sider verkar utan JavaScript.
statements-accessibility-done-charts = Kvar figur har ein tekst som seier kva han viser, og tala står i ein tabell ved sida av. Farge ber aldri noko åleine.
statements-accessibility-done-size = Sidene kan lesast på ein skjerm som er 320 punkt brei, og forstørrast til 400 prosent. Lyst og mørkt følgjer innstillinga di.
statements-accessibility-done-paper = Rapporten som PDF er merkt for skjermlesarar (PDF/UA).
statements-accessibility-faults-title = Kjende manglar
statements-accessibility-faults-users = Tenesta er prøvd med automatiske verktøy og av utviklarane, men enno ikkje av personar som bruker skjermlesar til dagleg.
statements-accessibility-faults-tables = Dei breiaste tabellane i drift og forsking må rullast sidelengs på ein smal skjerm.
statements-accessibility-faults-words = Fagord som legemiddelnamn og diagnosekodar er ikkje forklarte overalt; tenesta er laga for helsepersonell.
statements-accessibility-tell-title = Sei frå
statements-accessibility-tell = Finn du noko som stengjer deg ute, sei frå til verksemda som driv tenesta. Får du ikkje hjelp, fører Tilsynet for universell utforming av ikt (uutilsynet.no) tilsyn, og Diskrimineringsnemnda behandlar klager.

statements-terminology-lead = Tala byggjer på kodeverk som andre eig. Her står kven dei er, og kva som følgjer med programmet.
statements-terminology-icpc = Er eigd av Wonca (World Organization of Family Doctors). Den norske utgåva blir forvalta av Helsedirektoratet. Vi viser kodar og korte namn på infeksjonsgruppene.
statements-terminology-icd = Er eigd av Verdshelseorganisasjonen (WHO). Den norske utgåva blir forvalta av Helsedirektoratet.
statements-terminology-snomed = Er eigd av SNOMED International. Bruk krev lisens; i Noreg blir han gitt av Helsedirektoratet. Programmet blir levert utan innhaldet og viser berre omgrep som leveransane sjølve ber.
statements-terminology-atc = Er eigd av WHO Collaborating Centre for Drug Statistics Methodology ved Folkehelseinstituttet. Definerte døgndosar (DDD) er ei måleining og ikkje ein tilrådd dose.
statements-terminology-aware = Inndelinga i Access, Watch og Reserve er Verdshelseorganisasjonen si.
statements-terminology-look-title = Utsjånaden
statements-terminology-look = Sidene bruker Designsystemet frå Digitaliseringsdirektoratet, under MIT-lisens. Rapporten på papir er sett med skrifta Inter, under SIL Open Font License.
