# visit: what the frame calls the reader
visit-reader-hpr = HPR-nummer { $number }
visit-reader-appointed = Oppnevnt bruker
