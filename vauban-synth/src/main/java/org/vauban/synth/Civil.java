package org.vauban.synth;

/**
 * Who a person is on paper.
 *
 * @param number the person's number in the generated country
 * @param family the number that twins share
 * @param birthName name at birth
 * @param usedName name used in daily life, another one after marriage
 * @param givenNames the first is the one in use
 * @param placeOfBirth statistical code, five characters
 * @param phone ten digits
 * @param certified whether the insurer certified the registration number
 */
record Civil(
        long seed,
        long number,
        long family,
        boolean male,
        int birthDay,
        String birthName,
        String usedName,
        String givenNames,
        String placeOfBirth,
        Town home,
        String street,
        String phone,
        Nir nir,
        boolean certified) {
    private static final int ORDERS = 999;
    private static final String[] STREETS = {
        "rue de la Gare",
        "avenue Jean-Jaurès",
        "rue du Moulin",
        "place de l'Église",
        "rue Victor-Hugo",
        "chemin des Vignes"
    };

    /** Draws the papers of a person. Twins share family name, home and place of birth. */
    static Civil of(Person person, long seed) {
        boolean second = Census.isSecondTwin(person.number());
        long family = second ? person.number() - 1 : person.number();
        Chance shared = Chance.ofPerson(seed ^ 0x46_41_4D_49_4C_59L, family);
        Chance own = Chance.ofPerson(seed ^ 0x50_41_50_45_52L, person.number());
        String birthName = Names.surname(shared);
        Town home = Town.pick(shared);
        String street = shared.between(1, 120) + " " + STREETS[shared.between(0, STREETS.length - 1)];
        int year = Population.yearOf(person.birthDay());
        String first = Names.givenName(person.male(), year, own);
        String other = Names.givenName(person.male(), year - 25, own);
        boolean married = !person.male() && 2016 - year > 25 && own.happens(0.6);
        String usedName = married ? Names.surname(own) : birthName;
        String place = Town.placesOfBirth().get(slot(family));
        return new Civil(
                seed,
                person.number(),
                family,
                person.male(),
                person.birthDay(),
                birthName,
                usedName,
                first.equals(other) ? first : first + " " + other,
                place,
                home,
                street,
                phone(own),
                Nir.of(person.male(), year, monthOf(person.birthDay()), place, order(person.number(), family)),
                Insured.certified(seed, person.number()));
    }

    /** The first of the given names. */
    String firstGivenName() {
        int space = givenNames.indexOf(' ');
        return space < 0 ? givenNames : givenNames.substring(0, space);
    }

    private static String phone(Chance chance) {
        return (chance.happens(0.7) ? "06" : "0" + chance.between(1, 5)) + (10_000_000 + chance.between(0, 89_999_999));
    }

    static int monthOf(int day) {
        return Days.month(day);
    }

    /** Neighbouring numbers are born far apart; every place comes as often as its inhabitants make it. */
    private static int slot(long family) {
        return (int) (family * 613 % Town.placesOfBirth().size());
    }

    /**
     * The order among births of a month and place. Those whose numbers differ get different orders until a place has had
     * {@value #ORDERS} births, so that no two persons of a data set of ordinary size share a registration number.
     */
    private static int order(long number, long family) {
        long born = Town.bornBefore(slot(family), family / Town.placesOfBirth().size());
        return (int) (1 + (born * 2 + (number - family)) % ORDERS);
    }
}
