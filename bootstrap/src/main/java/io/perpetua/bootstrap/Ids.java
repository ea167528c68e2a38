package io.perpetua.bootstrap;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** Gives identifiers that nobody can guess: 24 characters of 5 bits each. Safe for concurrent use. */
@Singleton
final class Ids implements Supplier<String> {

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final int LENGTH = 24;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        var id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(id);
    }
}
