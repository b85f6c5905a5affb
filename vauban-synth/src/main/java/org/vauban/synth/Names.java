package org.vauban.synth;

import java.util.List;

/**
 * French names picked by hand, the frequent ones first; how often a name comes falls with its place in the list. Given names
 * belong to a generation.
 */
final class Names {
    private static final List<String> SURNAMES = words("""
            Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David
            Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier
            Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry
            Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard
            Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal
            Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc
            Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin
            Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré
            Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé Schneider Fernandez Le-Gall Collet Léger
            Bouvier Julien Prévost Millet Perrot Daniel Le-Roux Cousin Germain Breton Besson Langlois Rémy Le-Goff Pelletier
            Lévêque Perrier Leblanc Barré Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez
            Guichard Gillet Étienne Grondin Poulain Tessier Chevallier Collin Chauvin Da-Silva Bouchet Gay Lemaître Bénard
            Maréchal Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier
            Carlier Laporte Benali Traoré Diallo Nguyen Haddad Mansouri Ferreira Pereira Santos Rossi Kaya Cissé Amrani Saïdi
            Kowalski Ndiaye Tran Belkacem Hadj Bouzid Yilmaz Oliveira D'Angelo O'Connor Saint-Martin Vandenberghe Castelli
            """);

    private static final List<List<String>> MEN = List.of(words("""
            Jean Pierre Michel André Philippe René Louis Alain Jacques Bernard Marcel Daniel Roger Robert Paul Claude
            Christian Henri Georges Gérard Maurice Raymond Guy Jean-Pierre Jean-Claude Francis Serge Gilbert Lucien Émile
            """), words("""
            Philippe Patrick Thierry Christophe Pascal Nicolas Stéphane Laurent Frédéric Éric Olivier David Sébastien Bruno
            Didier Jérôme Christian Dominique Franck Vincent Julien Alain Fabrice Denis Guillaume Mohamed Hervé Karim Marc
            """), words("""
            Thomas Lucas Nicolas Alexandre Maxime Antoine Kévin Quentin Julien Hugo Clément Romain Théo Valentin Louis Paul
            Mathis Enzo Léo Nathan Gabriel Jules Arthur Raphaël Adam Mohamed Ethan Noah Yanis Baptiste Tom Malo Ibrahim Samuel
            """));

    private static final List<List<String>> WOMEN = List.of(words("""
            Marie Jeanne Françoise Monique Jacqueline Denise Nicole Madeleine Yvette Simone Paulette Suzanne Christiane Odette
            Marcelle Josette Ginette Andrée Huguette Colette Geneviève Michèle Thérèse Lucienne Renée Yvonne Bernadette
            """), words("""
            Catherine Nathalie Isabelle Sylvie Christine Valérie Sandrine Véronique Stéphanie Martine Brigitte Céline Anne
            Patricia Corinne Laurence Sophie Florence Virginie Karine Pascale Caroline Aurélie Fatima Delphine Carole Hélène
            """), words("""
            Léa Camille Manon Emma Chloé Laura Marie Julie Pauline Sarah Anaïs Marine Mathilde Lucie Inès Jade Louise Alice
            Lina Zoé Clara Eva Juliette Margaux Océane Romane Ambre Aya Élise Noémie Fatoumata Maëlys Nour Jeanne Agathe
            """));

    private static final int SECOND_GENERATION_FROM = 1953;
    private static final int THIRD_GENERATION_FROM = 1984;

    private Names() {}

    static String surname(Chance chance) {
        return frequentFirst(SURNAMES, chance);
    }

    static String givenName(boolean male, int yearOfBirth, Chance chance) {
        int generation = yearOfBirth < SECOND_GENERATION_FROM ? 0 : yearOfBirth < THIRD_GENERATION_FROM ? 1 : 2;
        return frequentFirst((male ? MEN : WOMEN).get(generation), chance);
    }

    /** The first is drawn some six times as often as the last. */
    private static String frequentFirst(List<String> names, Chance chance) {
        double drawn = chance.uniform();
        int size = names.size();
        int place = (int) (size * (StrictMath.pow(6, drawn) - 1) / 5);
        return names.get(Math.min(place, size - 1));
    }

    /** A hyphen after a particle stands for a space. */
    private static List<String> words(String text) {
        return text.strip()
                .lines()
                .flatMap(line -> List.of(line.strip().split(" ")).stream())
                .map(name -> name.startsWith("Le-") || name.startsWith("Da-") ? name.replace('-', ' ') : name)
                .toList();
    }
}
