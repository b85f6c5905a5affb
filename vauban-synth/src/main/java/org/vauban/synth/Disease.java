package org.vauban.synth;

import java.util.List;

/**
 * A disease that stays, as doctors in France code and treat it. None of its codes belongs to the planted comparison.
 *
 * @param code ICD-10 with a dot
 * @param longTerm number in the list of long-term diseases that are paid in full, 0 for none
 * @param sex M, F or * for both
 * @param ageFrom nobody younger has it
 * @param at60 how many have it at 60 years of age
 * @param perYear how many more have it per year of age
 * @param inFull how many of those who have it are on the list
 * @param substances what is prescribed for it, one or two of them
 */
record Disease(
        String code,
        int longTerm,
        char sex,
        int ageFrom,
        double at60,
        double perYear,
        double inFull,
        List<String> substances) {
    static final List<Disease> ALL = """
            I10   0  * 35 .32 .012  0  C09AA05 C08CA01 C09CA01 C07AB07
            E11.9 8  * 35 .10 .004  .85 A10BA02 A10BB09 A10AE04
            E78.5 0  * 35 .20 .006  0  C10AA05 C10AA01
            E03.9 0  F 25 .09 .001  0  H03AA01
            J45.9 14 *  3 .06 0     .1 R03AC02 R03AK07
            J44.9 14 * 45 .05 .002  .4 R03BB04 R03AC02
            F32.9 23 * 18 .09 0     .1 N06AB10 N06AB05
            G47.0 0  * 40 .10 .003  0  N05CF01 N05CF02 N05BA12
            I50.9 5  * 60 .02 .004  .7 C03CA01 C07AB07 C03DA01
            I25.1 13 * 45 .05 .003  .8 B01AC06 C10AA05 C01DA02
            C50.9 30 F 35 .03 .001  1  L02BG03
            C61   30 M 50 .02 .002  1  G04CA02
            H40.1 0  * 50 .04 .003  0  S01EE01
            M10.9 0  M 45 .03 .001  0  M04AA01
            G20   16 * 60 .005 .001 .9 N04BA02
            G30.9 15 * 65 .005 .003 .8 N06DA02
            M06.9 22 * 30 .01 0     .8 H02AB07
            G40.9 9  *  5 .008 0    .6 N03AG01 N03AX16
            K21.9 0  * 30 .10 .001  0  A02BC01 A02BC02 A03FA03
            M81.9 0  F 60 .06 .004  0  M05BA04 A11CC05
            N40   0  M 55 .10 .006  0  G04CA02
            J30.4 0  * 6  .08 -.001 0  R06AE09 R06AX27 R01AD09
            """.lines().map(Disease::parse).toList();

    Disease {
        substances = List.copyOf(substances);
    }

    private static Disease parse(String line) {
        String[] words = line.strip().split(" +");
        return new Disease(
                words[0],
                Integer.parseInt(words[1]),
                words[2].charAt(0),
                Integer.parseInt(words[3]),
                Double.parseDouble(words[4]),
                Double.parseDouble(words[5]),
                Double.parseDouble(words[6]),
                List.of(words).subList(7, words.length));
    }

    double probability(int age, boolean male) {
        if (age < ageFrom || sex == (male ? 'F' : 'M')) {
            return 0;
        }
        return Math.clamp(at60 + perYear * (age - 60), 0.003, 0.9);
    }
}
