/**
 * Turns what producers deposited, hospitals in FHIR and the insurer in the SNDS, into one edition in OMOP CDM 5.4.
 *
 * <p>The way of a row: {@link org.vauban.harmonise.DepositedTable} → read part by part ({@code SndsIntake}, {@code FhirIntake}) → named
 * business rules, each with a switch, a source and a line of attrition ({@link org.vauban.harmonise.BusinessRule}; the SQL of each
 * family stands in a file of its own: {@code BeneficiaryRules}, {@code ClaimRules}, {@code StayRules}, {@code DeathRules},
 * {@code LongIllnessRules}) → waits for its turn ({@code Flow}, {@code WaitingRows}), in memory or, where that is too small, sealed on
 * disk → pass by pass events ({@code Events}) → OMOP tables ({@code OmopTables}, {@code CodeBook}) → sealed by {@link
 * org.vauban.ingest.Sealer}. {@code Workshop} has the steps in their order.
 *
 * <p>Promises: no row leaves without being counted; a row whose record has no answer from the identity zone is dropped and counted;
 * codes are kept as the source wrote them when they have the form of their vocabulary, everything else of the source's words is left
 * out; plaintext lives in memory only, and what the engine says about it is never passed on; in how many passes it was done changes
 * neither rows nor counts.
 *
 * <p>May use {@code ingest}, {@code duck}, {@code edition}, {@code vault}, {@code custodian}, {@code problem} and the core. Start at
 * {@link org.vauban.harmonise.Harmonisation}.
 */
@NullMarked
package org.vauban.harmonise;

import org.jspecify.annotations.NullMarked;
