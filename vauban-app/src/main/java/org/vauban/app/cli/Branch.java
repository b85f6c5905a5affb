package org.vauban.app.cli;

import java.util.List;
import java.util.function.Supplier;

/**
 * A place in the tree of verbs. Verbs and the branches under it are made only when they are asked for, so that {@code --help} loads
 * none of them; that is also why the lambdas that make them are no method references, which would load their class at once.
 *
 * @param name the word on the command line
 * @param verb makes the verb, or a {@link VerbGroup} for a word that only has verbs under it
 * @param under makes the verbs under this word
 */
public record Branch(String name, Supplier<? extends Object> verb, Supplier<List<Branch>> under) {

    public static Branch verb(String name, Supplier<? extends Verb> verb) {
        return new Branch(name, verb, List::of);
    }

    /** A verb that also has verbs under it, such as {@code synth} and {@code synth score}. */
    public static Branch verb(String name, Supplier<? extends Verb> verb, Supplier<List<Branch>> under) {
        return new Branch(name, verb, under);
    }

    public static Branch group(String name, Supplier<List<Branch>> under) {
        return new Branch(name, VerbGroup::new, under);
    }
}
