package org.vauban.app.page;

/**
 * What the frame around every page needs.
 *
 * @param language {@code fr} or {@code en}
 * @param room which part of the site, such as {@code register}
 * @param shelf which part of that room, such as {@code requests}; empty at its entrance
 * @param inFrench this page in French
 * @param inEnglish this page in English
 * @param signedIn whether this is a page for somebody who is signed in
 * @param custodianOnThisMachine whether whoever holds this machine could read: then every page says so
 */
public record View(
        String language,
        String room,
        String shelf,
        String inFrench,
        String inEnglish,
        boolean signedIn,
        boolean custodianOnThisMachine) {}
