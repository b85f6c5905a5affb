package org.vauban.project;

/**
 * What tells anybody that a project space was destroyed.
 *
 * @param text lines of {@code name: value}, in a fixed order
 * @param signature over the text's UTF-8 bytes, Ed25519, in hexadecimal digits
 * @param publicKey the hub's key for signing manifests, with which the signature is checked, in hexadecimal digits
 */
public record DestructionCertificate(String text, String signature, String publicKey) {}
