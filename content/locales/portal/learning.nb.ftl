# E-læring, for legen

learning-title = E-læring
learning-intro = Kursene du er påmeldt, møtene dine, og korte moduler med en prøve i hver. Du kan ta en prøve så mange ganger du vil; det beste resultatet teller.
learning-courses = Dine kurs
learning-no-course = Du er ikke påmeldt noe kurs. Lederen for kursgruppen din melder deg på.
learning-fulfilled = Fullført { $day }
learning-lacking = { $count ->
    [one] { $number } krav gjenstår
   *[other] { $number } krav gjenstår
  }
learning-modules = Moduler
learning-modules-lead = Modulene åpnes fra kurset ditt.
learning-no-module = Ingen modul er gyldig nå.
learning-minutes = Om lag { $minutes } minutter
learning-valid = Gyldig { $first } – { $last }
learning-back = Tilbake til e-læring
learning-missing = Dette mangler før kursbeviset kan lages:
learning-missing-do = Prøver tar du selv i modulene. Oppmøte fører kurslederen.
learning-about-certificate = Slik får du kursbeviset
learning-certificate-pdf = Last ned kursbeviset (PDF)
learning-follow-own = Dine egne tall etter kurset
learning-follow-group = Hele gruppen under ett
learning-source = Kilde
learning-sources = Kilder
learning-to-test = Til prøven
learning-best = Ditt beste resultat: { $best }.
learning-test = Prøve
learning-needed = Bestått med { $needed } av { $all } riktige.
learning-test-lead = Ett svar er riktig på hvert spørsmål. Du får svaret med forklaring med en gang.
learning-send = Lever svarene
learning-problem = Noen spørsmål er ikke besvart
learning-problem-unanswered = Velg et svar på spørsmål { $number }.
learning-result-passed = Bestått: { $right } av { $all } riktige. Resultatet er lagret.
learning-result-not-passed = { $right } av { $all } riktige, ikke bestått ennå. Resultatet er lagret, og du kan ta prøven på nytt.
learning-was-right = Riktig: { $answer }.
learning-was-wrong = Ikke riktig: { $answer }.
learning-right-is = Riktig svar: { $answer }.
learning-again = Ta prøven på nytt
learning-undated = uten dato
