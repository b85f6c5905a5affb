/**
 * A provider of identities, spoken to in OpenID Connect.
 *
 * <p>It knows no account. It leads a browser to the provider, takes what the browser brings back, and answers with somebody
 * {@linkplain org.vauban.provider.Vouched vouched for}, or refuses with one code and the {@linkplain org.vauban.provider.Flaw flaw} for
 * the log. Nothing is asked of the provider before somebody comes by it; then the configured issuer's own address is the only one that
 * is called. Signatures are Nimbus's to check, in a closed list of algorithms; all times are the hub's clock's. Start at
 * {@link org.vauban.provider.OpenIdProvider}. May use {@code problem}.
 */
@NullMarked
package org.vauban.provider;

import org.jspecify.annotations.NullMarked;
