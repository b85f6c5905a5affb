/**
 * The project space: what one permit opened, with exact results under its own pseudonyms.
 *
 * <p>Results stay here. The person ids of one project mean nothing in another: they are made with a key that only this project
 * has and that ends with it. May use {@code control}, {@code body}, {@code custody}, {@code people} and {@code permit}. Start at {@link org.vauban.project.Projects}.
 */
@NullMarked
package org.vauban.project;

import org.jspecify.annotations.NullMarked;
