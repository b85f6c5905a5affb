package org.vauban.synth;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A box of a medicine as French pharmacies know it: the codes are public facts of the national drug list, the label is
 * ours. The older seven-digit code is inside the newer one.
 *
 * @param atc the substance in the Anatomical Therapeutic Chemical classification, seven characters
 * @param cip13 the box, thirteen digits
 * @param units tablets or doses in the box
 * @param substance our name of the substance
 */
record Drug(String atc, String cip13, int units, String substance) {
    /** Codes verified against the national list by a test; one line per box. */
    private static final String LIST = """
            M01AH01 3400927811609 30 célécoxib
            M01AH01 3400922497556 30 célécoxib
            M01AH01 3400935437068 30 célécoxib
            M01AB05 3400934362415 30 diclofénac
            M01AB05 3400934362354 30 diclofénac
            M01AB05 3400935268143 30 diclofénac
            B01AA03 3400934840623 30 warfarine
            B01AA03 3400935693099 30 warfarine
            B01AF02 3400941945502 20 apixaban
            B01AF02 3400941945670 60 apixaban
            A10BA02 3400937734356 30 metformine
            A10BA02 3400934555404 30 metformine
            A10BB09 3400939049892 30 gliclazide
            A10AE04 3400930016213 5 insuline glargine
            C09AA05 3400936329539 30 ramipril
            C09AA05 3400936839274 30 ramipril
            C08CA01 3400937440141 30 amlodipine
            C08CA01 3400949723904 30 amlodipine
            C09CA01 3400937515573 30 losartan
            C07AB07 3400936124363 30 bisoprolol
            C03CA01 3400937078467 30 furosémide
            C10AA05 3400949682768 28 atorvastatine
            C10AA05 3400941724138 30 atorvastatine
            C10AA01 3400937407144 28 simvastatine
            N06AB10 3400922399980 28 escitalopram
            N06AB05 3400936011311 28 paroxétine
            N02BE01 3400934644092 16 paracétamol
            J01CA04 3400935796158 6 amoxicilline
            J01FA10 3400937945493 6 azithromycine
            J01XX01 3400933209230 1 fosfomycine
            R03AC02 3400934060625 200 salbutamol
            R03AK07 3400949009992 60 formotérol et budésonide
            R03BB04 3400936869202 30 tiotropium
            H03AA01 3400934908903 28 lévothyroxine
            A02BC01 3400936886810 28 oméprazole
            A02BC02 3400939307459 28 pantoprazole
            N05CF02 3400936450516 14 zolpidem
            N05CF01 3400935482471 14 zopiclone
            B01AC06 3400933167615 30 acide acétylsalicylique
            R06AE09 3400922179629 28 lévocétirizine
            R06AX27 3400921659528 30 desloratadine
            S01ED01 3400934093623 60 timolol
            S01EE01 3400922376110 1 latanoprost
            G03AA07 3400926752514 28 lévonorgestrel et éthinylestradiol
            A11CC05 3400934423079 1 colécalciférol
            M04AA01 3400933552879 28 allopurinol
            N05BA12 3400934891021 30 alprazolam
            N03AX16 3400930019320 56 prégabaline
            A03AX13 3400935599728 30 siméticone
            D07AC01 3400937797740 8 bétaméthasone
            J07BB02 3400939925745 1 vaccin contre la grippe
            N04BA02 3400933569389 30 lévodopa et carbidopa
            C01BD01 3400935377753 30 amiodarone
            A06AD15 3400933899783 20 macrogol
            N02AX02 3400933911881 30 tramadol
            B03AA07 3400935706140 30 fer
            C03DA01 3400938307658 30 spironolactone
            H02AB06 3400936481732 30 prednisolone
            H02AB07 3400930258972 30 prednisone
            N02AA59 3400936289406 16 codéine et paracétamol
            A03FA03 3400938907674 30 dompéridone
            M05BA04 3400937087162 28 acide alendronique
            G04CA02 3400937185608 30 tamsulosine
            L02BG03 3400939331751 30 anastrozole
            N06DA02 3400934449505 28 donépézil
            P01AB01 3400930400005 20 métronidazole
            R01AD09 3400934301261 120 mométasone
            C01DA02 3400935898494 30 trinitrine
            N03AG01 3400936551152 30 acide valproïque
            """;

    private static final List<Drug> ALL = LIST.lines().map(Drug::parse).toList();
    private static final Map<String, List<Drug>> BY_SUBSTANCE = ALL.stream().collect(Collectors.groupingBy(Drug::atc));

    /** A substance that no prescriber of the generated country uses, kept for planted errors. */
    static final String RESERVED_FOR_ERRORS = "S01ED01";

    Drug {
        if (atc.length() != 7 || cip13.length() != 13) {
            throw new IllegalArgumentException(
                    "a drug needs a seven-character ATC code and a CIP code of thirteen digits");
        }
    }

    private static Drug parse(String line) {
        String[] words = line.split(" ", 4);
        return new Drug(words[0], words[1], Integer.parseInt(words[2]), words[3]);
    }

    static List<Drug> all() {
        return ALL;
    }

    /** The boxes of one substance. */
    static List<Drug> of(String atc) {
        @Nullable List<Drug> boxes = BY_SUBSTANCE.get(atc);
        if (boxes == null) {
            throw new IllegalArgumentException("no box of " + atc + " in the list");
        }
        return boxes;
    }

    /** The older code of seven digits. */
    String cip7() {
        return cip13.substring(5, 12);
    }
}
