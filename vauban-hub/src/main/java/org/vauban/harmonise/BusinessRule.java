package org.vauban.harmonise;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules that every analyst of the SNDS must know, each as a named step with a switch. They are applied in the order in which they
 * stand here. The sources are public: requirement numbers are those of the project's requirements, fiches those of the collaborative
 * documentation of the SNDS.
 */
public enum BusinessRule {
    PERSON_IDENTIFIER(
            "R18",
            "fiches/fiche_beneficiaire",
            "One person has several pseudo-NIR in a life: records with the same BEN_NIR_ANO are one person.",
            "Une personne a plusieurs pseudo-NIR dans sa vie : les enregistrements de même BEN_NIR_ANO sont une personne."),
    FICTITIOUS_NIR(
            "R19",
            "fiches/fiche_beneficiaire",
            "Claims under a fictitious NIR (BEN_CDI_NIR other than 00) belong to no known person and are dropped.",
            "Les prestations sous NIR fictif (BEN_CDI_NIR différent de 00) ne sont à personne de connu et sont écartées."),
    EXPENSE_QUALIFIER(
            "R20",
            "fiches/sas_prestation_dcir",
            "Lines that are only for information (DPN_QLF or PRS_DPN_QLP 71) are no care and are dropped.",
            "Les lignes pour information (DPN_QLF ou PRS_DPN_QLP à 71) ne sont pas des soins et sont écartées."),
    MAJORATION(
            "R20",
            "fiches/sas_prestation_dcir",
            "Lines that only raise the price of a visit (CPL_MAJ_TOP 2 or more) are no visit and are dropped.",
            "Les majorations (CPL_MAJ_TOP à 2 ou plus) ne sont pas des consultations et sont écartées."),
    NINE_KEY_JOIN(
            "R13",
            "tables/DCIR/ER_PRS_F",
            "A dispensed line belongs to the claim with the same nine keys; without it, it is dropped.",
            "Une ligne de pharmacie appartient à la prestation de mêmes neuf clés ; sans elle, elle est écartée."),
    CIP7(
            "R16",
            "fiches/medicament",
            "A line without CIP13 is understood by its CIP7.",
            "Une ligne sans CIP13 est comprise par son CIP7."),
    CIP_UNKNOWN(
            "R16",
            "fiches/medicament",
            "A line whose code is in no nomenclature is kept under concept 0.",
            "Une ligne dont le code n’est dans aucune nomenclature est gardée sous le concept 0."),
    REGULARISATION(
            "R20",
            "fiches/sas_prestation_dcir",
            "Lines of one person, day and drug are summed; what sums to nothing or less was taken back and is dropped.",
            "Les lignes de même personne, jour et médicament sont sommées ; une somme nulle ou négative est écartée."),
    FLOW_LAG(
            "R20",
            "fiches/sas_prestation_dcir",
            "The day of care counts, not that of the flow; claims more than six months late are counted.",
            "Le jour des soins compte, non celui du flux ; les prestations de plus de six mois de retard sont comptées."),
    NOT_CHAINED(
            "R25",
            "fiches/fiche_beneficiaire",
            "A stay whose NIR_ANO_17 is a row of x could not be chained to a person and is dropped.",
            "Un séjour dont le NIR_ANO_17 est une suite de x n’a pas pu être chaîné à une personne et est écarté."),
    RETURN_CODE(
            "R25",
            "fiches/fiche_beneficiaire",
            "A stay with a return code other than 0 was chained with doubt and is dropped.",
            "Un séjour dont un code retour n’est pas 0 a été chaîné avec doute et est écarté."),
    ERROR_GHM(
            "R26",
            "fiches/requete_type_pmsi_mco",
            "A stay in a group of errors (GHM beginning with 90) is dropped.",
            "Un séjour groupé en erreur (GHM commençant par 90) est écarté."),
    DUPLICATE_FINESS(
            "R26",
            "fiches/activite_en_double",
            "Until 2017 three university hospitals sent each stay twice; the copy under the geographic FINESS is dropped.",
            "Jusqu’en 2017 trois CHU envoyaient chaque séjour deux fois ; celui du FINESS géographique est écarté."),
    DEATH_1600(
            "R17",
            "tables/BENEFICIAIRE/IR_BEN_R",
            "The day of death 1600-01-01 means that none is known.",
            "La date de décès 1600-01-01 veut dire qu’aucune n’est connue."),
    UNMATCHED_DEATH(
            "R27",
            "fiches/guide_cepidc",
            "A death certificate that was not matched to a person (DCD_IDT_TOP other than 1) is dropped.",
            "Un certificat de décès non apparié à une personne (DCD_IDT_TOP différent de 1) est écarté."),
    ALD(
            "R28",
            "fiches/beneficiaires_ald",
            "A long-term illness coded in CIM-10 becomes a condition; one coded otherwise is counted.",
            "Une affection de longue durée codée en CIM-10 devient une affection ; codée autrement, elle est comptée.");

    private final String requirement;
    private final String document;
    private final String english;
    private final String french;

    BusinessRule(String requirement, String document, String english, String french) {
        this.requirement = requirement;
        this.document = document;
        this.english = english;
        this.french = french;
    }

    /** The rule's name in reports and settings, such as {@code nine-key-join}. */
    public String ruleName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule of a name, if there is one. */
    public static Optional<BusinessRule> named(String name) {
        return Arrays.stream(values())
                .filter(rule -> rule.ruleName().equals(name))
                .findFirst();
    }

    /** The requirement that asks for it, such as {@code R13}. */
    public String requirement() {
        return requirement;
    }

    /** The page of the collaborative documentation of the SNDS (or of its schema) that states it. */
    public String document() {
        return document;
    }

    /** What it says, in one sentence. */
    public String sentence(Locale language) {
        return Locale.FRENCH.getLanguage().equals(language.getLanguage()) ? french : english;
    }
}
