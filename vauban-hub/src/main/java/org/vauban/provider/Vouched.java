package org.vauban.provider;

import java.time.Instant;
import java.util.Optional;

/** Somebody for whom the provider vouches. Only {@link OpenIdProvider} makes one: holding it means that the provider's word was checked. */
public final class Vouched {
    private final String issuer;
    private final String subject;
    private final Optional<String> session;
    private final Optional<Instant> authenticated;
    private final Instant issued;
    private final Instant ends;

    Vouched(
            String issuer,
            String subject,
            Optional<String> session,
            Optional<Instant> authenticated,
            Instant issued,
            Instant ends) {
        this.issuer = issuer;
        this.subject = subject;
        this.session = session;
        this.authenticated = authenticated;
        this.issued = issued;
        this.ends = ends;
    }

    public String issuer() {
        return issuer;
    }

    /** The person, as the provider knows them. */
    public String subject() {
        return subject;
    }

    /** The provider's own session with the person, by which it may end ours. */
    public Optional<String> session() {
        return session;
    }

    /** When the person last showed the provider who they are. */
    public Optional<Instant> authenticated() {
        return authenticated;
    }

    public Instant issued() {
        return issued;
    }

    /** Until when the provider's word holds. */
    public Instant ends() {
        return ends;
    }

    @Override
    public String toString() {
        return "Vouched[" + issuer + "]";
    }
}
