package org.vauban.synth;

import java.util.ArrayList;
import java.util.List;

/**
 * A commune where people live or were born: its official code, one of its postcodes and its name are public facts. About a
 * hundred were picked by hand, some in every part of the country, both Corsican départements among them.
 *
 * @param code the statistical code, five characters: département and commune
 * @param weight how many live there, in tens of thousands, rounded
 */
record Town(String code, String postcode, int weight, String name) {
    private static final String LIST = """
            75056 75011 40 Paris
            13055 13005 17 Marseille
            69123 69003 10 Lyon
            31555 31000 9 Toulouse
            06088 06000 7 Nice
            44109 44000 6 Nantes
            34172 34000 6 Montpellier
            67482 67000 6 Strasbourg
            33063 33000 5 Bordeaux
            59350 59000 5 Lille
            35238 35000 4 Rennes
            51454 51100 4 Reims
            42218 42000 4 Saint-Étienne
            76351 76600 4 Le Havre
            83137 83000 4 Toulon
            38185 38000 3 Grenoble
            21231 21000 3 Dijon
            49007 49000 3 Angers
            30189 30000 3 Nîmes
            69266 69100 3 Villeurbanne
            63113 63000 3 Clermont-Ferrand
            72181 72000 3 Le Mans
            13001 13100 3 Aix-en-Provence
            29019 29200 3 Brest
            37261 37000 3 Tours
            80021 80000 3 Amiens
            87085 87000 3 Limoges
            74010 74000 3 Annecy
            66136 66000 2 Perpignan
            57463 57000 2 Metz
            25056 25000 2 Besançon
            45234 45000 2 Orléans
            76540 76000 2 Rouen
            68224 68100 2 Mulhouse
            14118 14000 2 Caen
            54395 54000 2 Nancy
            93066 93200 2 Saint-Denis
            95018 95100 2 Argenteuil
            93048 93100 2 Montreuil
            59512 59100 2 Roubaix
            59183 59140 2 Dunkerque
            59599 59200 2 Tourcoing
            84007 84000 2 Avignon
            86194 86000 2 Poitiers
            92050 92000 2 Nanterre
            94028 94000 2 Créteil
            78646 78000 2 Versailles
            64445 64000 2 Pau
            17300 17000 2 La Rochelle
            62193 62100 2 Calais
            06029 06400 1 Cannes
            06004 06600 1 Antibes
            2A004 20000 3 Ajaccio
            2B033 20200 3 Bastia
            44184 44600 1 Saint-Nazaire
            68066 68000 1 Colmar
            18033 18000 1 Bourges
            29232 29000 1 Quimper
            26362 26000 1 Valence
            10387 10000 1 Troyes
            73065 73000 1 Chambéry
            79191 79000 1 Niort
            56121 56100 1 Lorient
            82121 82000 1 Montauban
            60057 60000 1 Beauvais
            85191 85000 1 La Roche-sur-Yon
            56260 56000 1 Vannes
            53130 53000 1 Laval
            41018 41000 1 Blois
            22278 22000 1 Saint-Brieuc
            08105 08000 1 Charleville-Mézières
            71076 71100 1 Chalon-sur-Saône
            50129 50100 1 Cherbourg
            90010 90000 1 Belfort
            81004 81000 1 Albi
            11069 11000 1 Carcassonne
            47001 47000 1 Agen
            65440 65000 1 Tarbes
            24322 24000 1 Périgueux
            88160 88000 1 Épinal
            16015 16000 1 Angoulême
            89024 89000 1 Auxerre
            58194 58000 1 Nevers
            03185 03100 1 Montluçon
            15014 15000 1 Aurillac
            12202 12000 1 Rodez
            19031 19100 1 Brive-la-Gaillarde
            36044 36000 1 Châteauroux
            40192 40000 1 Mont-de-Marsan
            46042 46000 1 Cahors
            32013 32000 1 Auch
            48095 48000 1 Mende
            07019 07200 1 Aubenas
            43157 43000 1 Le Puy-en-Velay
            05061 05000 1 Gap
            04070 04000 1 Digne-les-Bains
            01053 01000 1 Bourg-en-Bresse
            39300 39000 1 Lons-le-Saunier
            70550 70000 1 Vesoul
            52121 52000 1 Chaumont
            55545 55100 1 Verdun
            02691 02100 1 Saint-Quentin
            27229 27000 1 Évreux
            28085 28000 1 Chartres
            61001 61000 1 Alençon
            77288 77000 1 Melun
            93005 93600 1 Aulnay-sous-Bois
            92012 92100 1 Boulogne-Billancourt
            94080 94300 1 Vincennes
            62041 62000 1 Arras
            """;

    /** Algeria, Morocco, Tunisia, Portugal, Italy, Spain, Senegal, Côte d'Ivoire, Turkey, Poland, Germany, Belgium. */
    private static final List<String> COUNTRIES_OF_BIRTH = List.of(
            "99352", "99350", "99351", "99139", "99127", "99134", "99341", "99326", "99208", "99122", "99109", "99131");

    private static final int SLOTS_ABROAD = 9;

    private static final List<Town> ALL = LIST.lines().map(Town::parse).toList();
    private static final List<Town> AS_MANY_TIMES_AS_INHABITED = asManyTimesAsInhabited();
    private static final List<String> BIRTH_PLACES = birthPlaces();
    private static final int[] RANK_AMONG_EQUALS = new int[BIRTH_PLACES.size()];
    private static final int[] EQUALS = new int[BIRTH_PLACES.size()];

    static {
        for (int slot = 0; slot < BIRTH_PLACES.size(); slot++) {
            for (int other = 0; other < BIRTH_PLACES.size(); other++) {
                if (BIRTH_PLACES.get(other).equals(BIRTH_PLACES.get(slot))) {
                    EQUALS[slot]++;
                    RANK_AMONG_EQUALS[slot] += other < slot ? 1 : 0;
                }
            }
        }
    }

    private static Town parse(String line) {
        String[] words = line.split(" ", 4);
        return new Town(words[0], words[1], Integer.parseInt(words[2]), words[3]);
    }

    static List<Town> all() {
        return ALL;
    }

    static Town pick(Chance chance) {
        return chance.pick(AS_MANY_TIMES_AS_INHABITED);
    }

    /** Codes of places of birth, each as often as people are born there; of the largest towns, their districts. */
    static List<String> placesOfBirth() {
        return BIRTH_PLACES;
    }

    /** How many were born at the same place before the one who takes this slot of the list in its n-th round. */
    static long bornBefore(int slot, long round) {
        return round * EQUALS[slot] + RANK_AMONG_EQUALS[slot];
    }

    /** The département as the national health data write it, three characters. */
    String department() {
        return "0" + code.substring(0, 2);
    }

    /** The commune within its département, three characters. */
    String commune() {
        return code.substring(2);
    }

    private static List<Town> asManyTimesAsInhabited() {
        List<Town> towns = new ArrayList<>();
        for (Town town : ALL) {
            for (int time = 0; time < town.weight; time++) {
                towns.add(town);
            }
        }
        return List.copyOf(towns);
    }

    private static List<String> birthPlaces() {
        List<String> places = new ArrayList<>();
        for (Town town : ALL) {
            int districts = switch (town.name) {
                case "Paris" -> 20;
                case "Marseille" -> 16;
                case "Lyon" -> 9;
                default -> 0;
            };
            for (int slot = 0; slot < town.weight * 3; slot++) {
                places.add(districts == 0 ? town.code : district(town.name, 1 + slot % districts));
            }
        }
        for (String country : COUNTRIES_OF_BIRTH) {
            for (int slot = 0; slot < SLOTS_ABROAD; slot++) {
                places.add(country);
            }
        }
        return List.copyOf(places);
    }

    private static String district(String town, int number) {
        int first = switch (town) {
            case "Paris" -> 75100;
            case "Marseille" -> 13200;
            default -> 69380;
        };
        return Integer.toString(first + number);
    }
}
