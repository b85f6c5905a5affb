/**
 * Holds a hub's keys in a process of its own, wraps and unwraps data keys with them, and signs.
 *
 * <p>A hub stores sealed objects and holds no key. It asks a {@link org.vauban.custodian.Custodian}, which runs as
 * another process with another folder, never inside the hub's home; what leaves the custodian are unwrapped data keys,
 * signatures and message authentication codes, never the keys that made them.
 *
 * <p>Promises: keys rest only in a file sealed under a passphrase; a destroyed key opens nothing again; no access to a
 * key happens before its line is in the access log; a request is bounded in size and time. It does not promise that the
 * memory of a Java process is free of copies: arrays are zeroed where this code owns them.
 *
 * <p>May use the JDK alone. Start at {@link org.vauban.custodian.Custodian}, then {@link
 * org.vauban.custodian.CustodianServer} for the other side. The bytes are described in docs/formats/custodian.md.
 */
@NullMarked
package org.vauban.custodian;

import org.jspecify.annotations.NullMarked;
