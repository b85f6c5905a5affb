package org.vauban.app.cli;

/** A verb that needs no open hub. */
public abstract non-sealed class LocalVerb extends Verb {
    /**
     * Does it.
     *
     * @throws org.vauban.problem.ProblemException with everything that the caller should know
     */
    protected abstract Answer act(Call call);
}
