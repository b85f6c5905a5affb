package org.vauban.identity.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vauban.identity.linkage.Linkage;
import org.vauban.identity.linkage.Links;
import org.vauban.identity.linkage.Nir;
import org.vauban.identity.linkage.People;
import org.vauban.identity.linkage.Trait;
import org.vauban.identity.zone.Identities.Column;
import org.vauban.identity.zone.Identities.Share;

/** Finds the persons behind identity records, and gives each a canonical identity: what its pseudonym is made of. */
final class Persons {

    /** A false link mixes two people's illnesses, a missed one loses a little power: so joins must be rather sure. */
    private static final double THRESHOLD = 0.9;

    private static final String INSURER_KIND = "snds";
    private static final String APART = "|";

    private final Identities identities;
    private final List<Optional<Nir>> nirs;
    private final int[] producerOf;
    private final List<String> producers;
    private final Links links;

    private Persons(Identities identities) {
        this.identities = identities;
        this.nirs = nirs(identities);
        Map<String, List<Share>> sharesOf = new LinkedHashMap<>();
        identities
                .shares()
                .forEach(share -> sharesOf.computeIfAbsent(share.producer(), _ -> new ArrayList<>())
                        .add(share));
        this.producers = List.copyOf(sharesOf.keySet());
        this.producerOf = new int[identities.size()];
        boolean[] singles = new boolean[producers.size()];
        for (int number = 0; number < singles.length; number++) {
            List<Share> shares = sharesOf.getOrDefault(producers.get(number), List.of());
            // The insurer names each insured person once; twice when it deposited twice.
            singles[number] = shares.size() == 1 && shares.getFirst().kind().equals(INSURER_KIND);
            for (Share share : shares) {
                Arrays.fill(producerOf, share.from(), share.to(), number);
            }
        }
        this.links = Linkage.link(people(singles), THRESHOLD);
    }

    static Persons of(Identities identities) {
        return new Persons(identities);
    }

    /** The number of the person of each record: the first record of the person. */
    int[] clusters() {
        return links.cluster();
    }

    Links.Quality quality() {
        return links.quality();
    }

    boolean hasNir(int record) {
        return nirs.get(record).isPresent();
    }

    /** The number of a record that is believed. */
    Optional<String> nir(int record) {
        return nirs.get(record).map(Nir::text);
    }

    /** A number for the producer of a record. */
    int producer(int record) {
        return producerOf[record];
    }

    String producerName(int number) {
        return producers.get(number);
    }

    /**
     * The canonical identity of each person, by its number: the NIR where a record has one; else a record of a hospital, the first in
     * the order of hospital and patient number; else what the insurer knows an insured person by.
     */
    Map<Integer, String> canonical() {
        Map<Integer, List<Integer>> records = new LinkedHashMap<>();
        for (int record = 0; record < identities.size(); record++) {
            records.computeIfAbsent(clusters()[record], _ -> new ArrayList<>()).add(record);
        }
        Map<Integer, String> canonical = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        Map<Integer, String> later = new HashMap<>();
        records.forEach((person, all) -> {
            String identity = canonical(all);
            // Two persons never share a pseudonym: the second keeps to this deposit's record number.
            if (taken.add(identity)) {
                canonical.put(person, identity);
            } else {
                later.put(person, onlyHere(all.getFirst()));
            }
        });
        canonical.putAll(later);
        return canonical;
    }

    private String canonical(List<Integer> records) {
        Optional<String> nir = records.stream()
                .flatMap(record -> nirs.get(record).stream())
                .map(Nir::text)
                .findFirst();
        if (nir.isPresent()) {
            return "nir" + APART + nir.get();
        }
        Optional<String> patient = records.stream()
                .filter(record -> !identities.value(Column.LOCAL_ID, record).isEmpty())
                .min(Comparator.<Integer, String>comparing(record -> producers.get(producerOf[record]))
                        .thenComparing(record -> identities.value(Column.LOCAL_ID, record)))
                .map(record -> "record" + APART + producers.get(producerOf[record]) + APART
                        + identities.value(Column.LOCAL_ID, record));
        return patient.orElseGet(() -> insured(records.getFirst()));
    }

    /** What the SNDS makes its own pseudonym of, and the given names, which tell twins apart. */
    private String insured(int record) {
        String opener = identities.value(Column.NIR_INSURED, record);
        return opener.isEmpty()
                ? onlyHere(record)
                : String.join(
                        APART,
                        "insured",
                        producers.get(producerOf[record]),
                        opener,
                        identities.value(Column.BIRTH_DATE, record),
                        identities.value(Column.SEX, record),
                        identities.value(Column.GIVEN_NAMES, record));
    }

    private String onlyHere(int record) {
        return "once" + APART + producers.get(producerOf[record]) + APART + identities.value(Column.RECORD, record);
    }

    private People people(boolean[] singles) {
        long[] keys = new long[identities.size()];
        Arrays.setAll(keys, record -> nirs.get(record).map(Nir::number).orElse(0L));
        return new People(
                identities.size(),
                List.of(
                        new People.Column(Trait.GIVEN_NAME, identities.values(Column.GIVEN_NAMES)),
                        new People.Column(Trait.SURNAME, identities.values(Column.BIRTH_NAME)),
                        new People.Column(Trait.SURNAME, identities.values(Column.USED_NAME)),
                        new People.Column(Trait.BIRTH_DATE, identities.values(Column.BIRTH_DATE)),
                        new People.Column(Trait.SEX, identities.values(Column.SEX)),
                        new People.Column(Trait.BIRTH_PLACE, identities.values(Column.BIRTH_PLACE)),
                        new People.Column(Trait.CITY, identities.values(Column.COMMUNE)),
                        new People.Column(Trait.POSTCODE, identities.values(Column.POSTCODE)),
                        new People.Column(Trait.PHONE, identities.values(Column.PHONE))),
                producerOf,
                singles,
                true,
                keys,
                insuredTwice(singles));
    }

    /**
     * A child stands in the insurer's file under each parent, and later under a number of its own: rows that agree on every trait of
     * birth are one person. Where they have two numbers, they are none.
     */
    private int[] insuredTwice(boolean[] singles) {
        int[] sameAs = new int[identities.size()];
        Arrays.setAll(sameAs, record -> record);
        Map<String, List<Integer>> byBirth = new HashMap<>();
        for (int record = 0; record < sameAs.length; record++) {
            String birth = singles[producerOf[record]] ? birth(record) : "";
            if (!birth.isEmpty()) {
                byBirth.computeIfAbsent(birth, _ -> new ArrayList<>(1)).add(record);
            }
        }
        for (List<Integer> rows : byBirth.values()) {
            List<Integer> numbered = rows.stream().filter(this::hasNir).toList();
            long numbers = numbered.stream().map(nirs::get).distinct().count();
            if (rows.size() > 1 && numbers <= 1) {
                int first = numbered.isEmpty() ? rows.getFirst() : numbered.getFirst();
                rows.forEach(row -> sameAs[row] = first);
            }
        }
        return sameAs;
    }

    /** All traits of birth, when none is missing. */
    private String birth(int record) {
        List<String> traits = new ArrayList<>();
        traits.add(producers.get(producerOf[record]));
        for (Column column :
                List.of(Column.BIRTH_NAME, Column.GIVEN_NAMES, Column.BIRTH_DATE, Column.SEX, Column.BIRTH_PLACE)) {
            String value = identities.value(column, record);
            if (value.isEmpty()) {
                return "";
            }
            traits.add(value);
        }
        return String.join(APART, traits);
    }

    private static List<Optional<Nir>> nirs(Identities identities) {
        List<Optional<Nir>> nirs = new ArrayList<>(identities.size());
        for (int record = 0; record < identities.size(); record++) {
            String birthDate = identities.value(Column.BIRTH_DATE, record);
            String sex = identities.value(Column.SEX, record);
            nirs.add(Nir.certain(identities.value(Column.NIR, record)).filter(nir -> nir.fits(birthDate, sex)));
        }
        return nirs;
    }
}
