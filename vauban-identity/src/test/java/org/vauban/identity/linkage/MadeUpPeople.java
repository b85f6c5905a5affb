package org.vauban.identity.linkage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * People who never lived: families under one roof in a register, and the same people as hospitals write them down, with slips,
 * swaps, married names and moves. Same seed, same people.
 */
public final class MadeUpPeople {

    private static final String[] SYLLABLES = {
        "MAR", "TIN", "BER", "NAR", "DU", "PON", "LE", "GRAN", "MO", "REAU", "FOUR", "NIER", "GI", "RARD", "BON", "NET",
        "LAM", "BERT", "FON", "TAI", "NE", "ROU", "SSEL", "VIN", "CENT", "MUL", "LER", "PE", "RRIN", "CLE", "MENT",
                "GAU"
    };
    private static final String[] MEN = {
        "JEAN", "PIERRE", "MICHEL", "ANDRÉ", "PHILIPPE", "JEAN-PIERRE", "LOUIS", "PAUL", "ALAIN", "JACQUES", "LUC",
                "HUGO",
        "JEAN-LUC", "NOÉ", "GABRIEL", "ARTHUR", "LÉO", "RAPHAËL", "JULES", "ADAM", "MAËL", "TOM", "NATHAN", "ENZO"
    };
    private static final String[] WOMEN = {
        "MARIE",
        "JEANNE",
        "FRANÇOISE",
        "MONIQUE",
        "CATHERINE",
        "NATHALIE",
        "ISABELLE",
        "ANNE-MARIE",
        "SYLVIE",
        "ANNE",
        "MARIE-CLAUDE",
        "JULIE",
        "EMMA",
        "JADE",
        "LOUISE",
        "ALICE",
        "CHLOÉ",
        "LINA",
        "LÉA",
        "ROSE",
        "ANNA",
        "INÈS",
        "ZOÉ",
        "EVA"
    };

    /** One person's traits as some file has them; {@code person} is the truth. */
    public record Line(
            int person,
            String nir,
            String birthName,
            String usedName,
            String givenNames,
            String birthDate,
            String sex,
            String birthPlace,
            String commune,
            String postcode,
            String phone) {}

    private final SplittableRandom random;
    private final List<String> surnames = new ArrayList<>();

    public MadeUpPeople(long seed) {
        this.random = new SplittableRandom(seed);
        for (int at = 0; at < 900; at++) {
            surnames.add(pick(SYLLABLES) + pick(SYLLABLES) + (random.nextInt(3) == 0 ? pick(SYLLABLES) : ""));
        }
    }

    /** A register of so many persons, families of one to five. */
    public List<Line> register(int persons) {
        List<Line> register = new ArrayList<>(persons);
        while (register.size() < persons) {
            family(register, persons);
        }
        return register;
    }

    /**
     * So many visits of people of a register to a hospital.
     *
     * @param withNir the share of records that have the NIR
     * @param strangers the share of patients that the register does not have
     */
    public List<Line> hospital(List<Line> register, int records, double withNir, double strangers) {
        List<Line> hospital = new ArrayList<>(records);
        List<Line> others = register(Math.max(5, (int) (records * strangers)));
        int unknown = register.stream().mapToInt(Line::person).max().orElse(0) + 1_000_000;
        for (int at = 0; at < records; at++) {
            boolean stranger = random.nextDouble() < strangers;
            Line line = stranger
                    ? renumbered(others.get(at % others.size()), unknown + at % others.size())
                    : register.get(random.nextInt(register.size()));
            hospital.add(asWritten(line, random.nextDouble() < withNir));
        }
        return hospital;
    }

    private void family(List<Line> register, int persons) {
        String surname = surname();
        int commune = random.nextInt(300);
        String phone = "06" + digits(8);
        int year = 1930 + random.nextInt(75);
        int size = 1 + random.nextInt(5);
        String lastBirth = "";
        for (int member = 0; member < size && register.size() < persons; member++) {
            boolean child = member >= 2;
            boolean twin = child && !lastBirth.isEmpty() && random.nextInt(40) == 0;
            String birth = twin
                    ? lastBirth
                    : String.format(
                            Locale.ROOT,
                            "%04d-%02d-%02d",
                            Math.min(2024, year + random.nextInt(6) + (child ? 28 : 0)),
                            1 + random.nextInt(12),
                            1 + random.nextInt(28));
            lastBirth = child ? birth : "";
            boolean woman = member == 1 || (member != 0 && random.nextBoolean());
            String birthName = member == 1 ? surname() : surname;
            int birthCommune = random.nextInt(3) == 0 ? random.nextInt(300) : commune;
            register.add(new Line(
                    register.size(),
                    nir(woman, birth, birthCommune),
                    birthName,
                    birthName.equals(surname) ? "" : surname,
                    given(woman) + (random.nextInt(3) == 0 ? " " + given(woman) : ""),
                    birth,
                    woman ? "2" : "1",
                    insee(birthCommune),
                    insee(commune),
                    insee(commune).substring(0, 2) + "%03d".formatted(commune % 300 / 3 * 10),
                    random.nextInt(4) == 0 ? "" : phone));
        }
    }

    private Line asWritten(Line line, boolean withNir) {
        String birthName = slip(line.birthName(), 0.06);
        String given = slip(line.givenNames().split(" ", -1)[0], 0.06);
        if (random.nextDouble() < 0.2) {
            given = given.replace('-', ' ').replace("É", "E");
        }
        if (random.nextDouble() < 0.02) {
            String kept = birthName;
            birthName = given;
            given = kept;
        }
        String date = line.birthDate();
        double fate = random.nextDouble();
        if (fate < 0.015) {
            date = date.substring(0, 5) + date.substring(8) + "-" + date.substring(5, 7);
        } else if (fate < 0.04) {
            date = date.substring(0, 9) + random.nextInt(10);
        }
        boolean moved = random.nextDouble() < 0.08;
        int elsewhere = random.nextInt(300);
        boolean marriedOnly = !line.usedName().isEmpty() && random.nextDouble() < 0.3;
        return new Line(
                line.person(),
                withNir ? line.nir() : "",
                marriedOnly ? line.usedName() : birthName,
                marriedOnly ? "" : line.usedName(),
                given,
                date,
                line.sex(),
                random.nextDouble() < 0.15 ? "" : line.birthPlace(),
                moved ? insee(elsewhere) : line.commune(),
                moved ? insee(elsewhere).substring(0, 2) + "%03d".formatted(elsewhere / 3 * 10) : line.postcode(),
                random.nextDouble() < 0.4 ? "" : line.phone());
    }

    private String slip(String word, double chance) {
        if (random.nextDouble() >= chance || word.length() < 4) {
            return word;
        }
        int at = 1 + random.nextInt(word.length() - 2);
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + (char) ('A' + random.nextInt(26)) + word.substring(at + 1);
            default -> word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        };
    }

    private String nir(boolean woman, String birth, int commune) {
        String number =
                (woman ? "2" : "1") + birth.substring(2, 4) + birth.substring(5, 7) + insee(commune) + digits(3);
        return number + "%02d".formatted(97 - Long.parseLong(number) % 97);
    }

    private static Line renumbered(Line line, int person) {
        return new Line(
                person,
                line.nir(),
                line.birthName(),
                line.usedName(),
                line.givenNames(),
                line.birthDate(),
                line.sex(),
                line.birthPlace(),
                line.commune(),
                line.postcode(),
                line.phone());
    }

    private static String insee(int commune) {
        return "%02d%03d".formatted(21 + commune / 30, 1 + commune % 30);
    }

    private String surname() {
        // A few names are common and most are rare.
        double place = random.nextDouble();
        return surnames.get((int) (place * place * surnames.size()));
    }

    private String given(boolean woman) {
        return pick(woman ? WOMEN : MEN);
    }

    private String digits(int count) {
        var digits = new StringBuilder();
        for (int at = 0; at < count; at++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
