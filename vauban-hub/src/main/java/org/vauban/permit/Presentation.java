package org.vauban.permit;

import org.vauban.procedure.Label;

/**
 * How a permit presents itself to citizens. All of it is public.
 *
 * @param title the title
 * @param summary what will be done and why
 * @param organisation who is responsible
 */
public record Presentation(Label title, Label summary, String organisation) {}
