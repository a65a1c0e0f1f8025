# visit: what the frame calls the reader
visit-reader-hpr = HPR number { $number }
visit-reader-appointed = Appointed user
