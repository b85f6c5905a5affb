package org.vauban.cohort;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Places where OHDSI's SQL does not mean what a reader would think, numbered as in the notes on the reference results. The test is worked by
 * hand; {@link TrapsTest} holds that none is forgotten.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Trap {
    int[] value();
}
