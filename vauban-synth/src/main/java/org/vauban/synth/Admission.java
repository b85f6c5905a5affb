package org.vauban.synth;

import java.util.List;

/**
 * A reason to be in hospital: principal diagnosis, group and act as French hospitals code them. None belongs to the planted
 * comparison.
 *
 * @param diagnosis ICD-10 with a dot
 * @param group diagnosis-related group
 * @param act of the French classification of medical acts, or - for none
 * @param sex M, F or * for both
 * @param daysMax longest length of stay, in nights
 * @param weight how often it comes against others that the person may have
 */
record Admission(
        String diagnosis, String group, String act, char sex, int ageFrom, int ageTo, int daysMax, double weight) {
    static final List<Admission> ALL = """
            J18.9 04M05V ZBQK002 * 18 110 12 3
            J18.9 04M04Z ZBQK002 *  0  17  6 2
            I50.9 05M09V DZQM006 * 65 110 12 4
            I21.9 05M04V DDAF006 * 45 110  8 2
            R07.4 05M13Z DEQP003 * 30 110  2 2
            R55   05M05V DEQP003 * 20 110  3 1
            I63.9 01M14V ACQK001 * 50 110 14 2
            S72.0 08M04V NEKA020 * 70 110 14 3
            M17.9 08C24Z NFKA007 * 55  90  8 2
            H25.9 02C05Z -       * 60 110  0 5
            K80.2 06M02V HMFC004 * 25  85  3 2
            K35.8 06M02V HHFA016 *  5  50  4 2
            K40.9 06C12V LMMC002 M 18  90  1 2
            E11.9 10M02V -       * 36  90  6 1
            N39.0 11M04V JAQM003 * 18 110  7 2
            N20.0 11M02V -       * 20  80  3 1
            O80.9 14Z02A JQGD010 F 18  43  5 9
            C18.9 06M05V HHQE002 * 50  95  8 1
            Z51.1 17M06V -       * 40  85  1 2
            K57.3 06M09V HHQE002 * 45  90  0 3
            A09.9 06M02V -       *  0  17  3 3
            J45.9 04M08V GLQP012 *  1  40  3 2
            R10.4 06M03V ZCQM008 *  5  80  2 2
            """.lines().map(Admission::parse).toList();

    private static Admission parse(String line) {
        String[] words = line.strip().split(" +");
        return new Admission(
                words[0],
                words[1],
                words[2],
                words[3].charAt(0),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                Integer.parseInt(words[6]),
                Double.parseDouble(words[7]));
    }

    boolean suits(int age, boolean male) {
        return age >= ageFrom && age <= ageTo && sex != (male ? 'F' : 'M');
    }

    /** One that suits a person of this age and sex, the frequent ones more often. */
    static Admission pick(int age, boolean male, Chance chance) {
        double[] weights = new double[ALL.size()];
        for (int at = 0; at < weights.length; at++) {
            weights[at] = ALL.get(at).suits(age, male) ? ALL.get(at).weight : 0;
        }
        return ALL.get(chance.weighted(weights));
    }

    List<String> acts() {
        return act.equals("-") ? List.of() : List.of(act);
    }
}
