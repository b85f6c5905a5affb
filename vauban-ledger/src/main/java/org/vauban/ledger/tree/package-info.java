/**
 * The Merkle tree of RFC 6962 and its layout in tiles of 256 hashes (C2SP tlog-tiles).
 *
 * <p>Pure functions and values: nothing here touches a disk, a clock or a key. Promises that a proof made by {@link
 * org.vauban.ledger.tree.Prover} verifies by the algorithms of RFC 9162, which are written separately in {@link
 * org.vauban.ledger.tree.InclusionProof} and {@link org.vauban.ledger.tree.ConsistencyProof}. Uses the JDK only. Start at
 * {@link org.vauban.ledger.tree.Hash}, then {@link org.vauban.ledger.tree.RightEdge}.
 */
@NullMarked
package org.vauban.ledger.tree;

import org.jspecify.annotations.NullMarked;
