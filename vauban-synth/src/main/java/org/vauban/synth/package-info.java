/**
 * Makes people who never lived, and remembers the truth about them.
 *
 * <p>Every person is a pure function of a seed and a number, so that the same command gives the same bytes, and the first
 * hundred of a thousand persons are the hundred persons of a smaller set. A drug effect is planted and confounded by what
 * the records show; both potential outcomes of each person are known, and written beside the data where only this
 * package and tests read them.
 *
 * <p>Where to start: {@link org.vauban.synth.SynthMain} is the only door, a program of its own, so that the hub never
 * shares a process with the truth. {@link org.vauban.synth.PlantedModel} is the statistical model,
 * {@link org.vauban.synth.Population} draws the persons of a {@link org.vauban.synth.Census},
 * {@link org.vauban.synth.MedicalHistory} gives them a recorded life that knows nothing of file formats, and
 * {@link org.vauban.synth.OmopFolder} prints lives as OMOP tables. {@link org.vauban.synth.France} writes a whole country:
 * {@link org.vauban.synth.FrenchHistory} tells the planted life in French records, {@link org.vauban.synth.HospitalFolder}
 * and {@link org.vauban.synth.InsurerFolder} print what each producer knows, {@link org.vauban.synth.TrapList} lists the
 * planted errors. {@link org.vauban.synth.Score} and {@link org.vauban.synth.LinkageScore} compare with the truth.
 *
 * <p>It uses the JDK alone, depends on no other module, and no other module may depend on it.
 */
@NullMarked
package org.vauban.synth;

import org.jspecify.annotations.NullMarked;
