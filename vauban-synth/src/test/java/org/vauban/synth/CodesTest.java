package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CodesTest {
    private static final String BEGIN = "<!-- codes: begin -->\n";
    private static final String END = "<!-- codes: end -->";

    @Test
    void everyCodeHasALabelOfItsOwnInBothLanguages() {
        List<Codes.Code> codes = Codes.local();

        assertThat(codes).hasSizeGreaterThan(60);
        assertThat(codes.stream().map(Codes.Code::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(codes.stream().map(Codes.Code::french))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(codes.stream().map(Codes.Code::key)).doesNotHaveDuplicates();
    }

    @Test
    void localCodesAreWhereOmopLeavesRoomForThem() {
        assertThat(Codes.local()).allSatisfy(code -> {
            assertThat(code.id()).isGreaterThan(2_000_000_000);
            assertThat(code.vocabulary()).isEqualTo(Codes.LOCAL_VOCABULARY);
        });
    }

    @Test
    void everyDrugLeadsToAnIngredientAndEveryDiseaseToAGroup() {
        assertThat(Codes.ofClass("Clinical Drug"))
                .allSatisfy(drug -> assertThat(
                                Codes.require(Codes.ingredientOf(drug.id())).conceptClass())
                        .isEqualTo("Ingredient"));
        assertThat(Codes.ofClass("Disorder"))
                .allSatisfy(
                        disease -> assertThat(Codes.lineage(disease).getLast().conceptClass())
                                .isEqualTo("Disease Group"));
    }

    /** With {@code -Dvauban.rewrite=true} the listing is written instead of checked. */
    @Test
    void theManualListsEveryCode() throws IOException {
        Path manual = RepositoryFolders.root().resolve("docs/demo-data.md");
        String text = Files.readString(manual);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);

        if (Boolean.getBoolean("vauban.rewrite")) {
            Files.writeString(manual, text.substring(0, from) + listing() + text.substring(to));
        } else {
            assertThat(text.substring(from, to)).isEqualTo(listing());
        }
    }

    @Test
    void theManualStatesThePlantedModel() throws IOException {
        String text = Files.readString(RepositoryFolders.root().resolve("docs/demo-data.md"))
                .replaceAll("\\s+", " ");

        assertThat(text)
                .contains(formula(
                        "`%s per year x exp(%s (age - 60)/10 + %s male + %s ulcer + %s anticoagulant + %s kidney disease)`",
                        PlantedModel.YEARLY_RATE_ON_COMPARATOR, PlantedModel.BLEEDING))
                .contains(formula(
                        "`%s + %s (age - 60)/10 + %s male + %s ulcer + %s anticoagulant + %s kidney disease`",
                        PlantedModel.CHOICE.intercept(), PlantedModel.CHOICE))
                .contains(String.format(Locale.ROOT, "hazard ratio is **%.2f**", PlantedModel.CONDITIONAL_HAZARD_RATIO))
                .contains(String.format(
                        Locale.ROOT, "hazard is %.2f times that on B", PlantedModel.RATIO_WITHOUT_TREATMENT));
    }

    private static String formula(String pattern, double first, PlantedModel.Coefficients coefficients) {
        return String.format(
                Locale.ROOT,
                pattern.replace("%s", "%.2f"),
                first,
                coefficients.perDecade(),
                coefficients.male(),
                coefficients.priorUlcer(),
                coefficients.anticoagulant(),
                coefficients.renalDisease());
    }

    private static String listing() {
        return "| concept_id | code | class | under | English | français | role |\n|---|---|---|---|---|---|---|\n"
                + Codes.local().stream()
                        .map(code -> "| %d | %s | %s | %s | %s | %s | %s |\n"
                                .formatted(
                                        code.id(),
                                        code.key(),
                                        code.conceptClass(),
                                        code.parent()
                                                .map(parent ->
                                                        Codes.require(parent).key())
                                                .orElse(""),
                                        code.english(),
                                        code.french(),
                                        code.role()))
                        .collect(Collectors.joining());
    }
}
