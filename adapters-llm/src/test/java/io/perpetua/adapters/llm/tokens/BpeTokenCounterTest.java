package io.perpetua.adapters.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.tokens.TokenCounter;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BpeTokenCounterTest {

    private static final int MEGABYTE = 1_000_000;

    @ParameterizedTest(name = "{0} {1} seed {2}")
    @MethodSource("families")
    void count_randomText_isTheOracles(BpeEncoding encoding, TextFamily family, int seed) {
        var random = new SplittableRandom(seed);
        TokenCounter counter = Counters.of(encoding);
        for (int i = 0; i < 400; i++) {
            String text = family.text(random);
            assertThat(counter.count(text))
                    .as("tokens of \"%s\"", escaped(text))
                    .isEqualTo(Oracle.of(encoding).countTokensOrdinary(text));
        }
    }

    static Stream<Arguments> families() {
        return Stream.of(BpeEncoding.values())
                .flatMap(encoding -> Stream.of(TextFamily.values())
                        .flatMap(family ->
                                IntStream.range(0, 5).mapToObj(seed -> Arguments.of(encoding, family, seed))));
    }

    @ParameterizedTest
    @EnumSource
    void count_everyCodePoint_isTheOracles(BpeEncoding encoding) {
        var wrong = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .filter(c -> c < 0x30000 || c % 16 == 0) // few are assigned above, and what is none is all alike
                .mapToObj(c -> " a" + Character.toString(c) + "B" + Character.toString(c) + " 1")
                .filter(text ->
                        Counters.of(encoding).count(text) != Oracle.of(encoding).countTokensOrdinary(text))
                .map(BpeTokenCounterTest::escaped);

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void count_emptyText_isZero(BpeEncoding encoding) {
        assertThat(Counters.of(encoding).count("")).isZero();
    }

    @Test
    void count_specialTokenLiteral_isPlainText() {
        assertThat(Counters.of(BpeEncoding.CL100K_BASE).count("<|endoftext|>")).isEqualTo(7);
        assertThat(Counters.of(BpeEncoding.O200K_BASE).count("<|endoftext|>")).isEqualTo(7);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void count_loneSurrogates_areTheReplacementCharacter(int seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            var broken = new StringBuilder();
            var replaced = new StringBuilder();
            for (int n = random.nextInt(1, 8); n > 0; n--) {
                String between = TextFamily.EDGES.text(random) + " ";
                broken.append(between)
                        .append((char) random.nextInt(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1));
                replaced.append(between).append('\uFFFD');
            }
            for (BpeEncoding encoding : BpeEncoding.values()) {
                assertThat(Counters.of(encoding).count(broken.toString()))
                        .as("tokens of \"%s\"", escaped(broken.toString()))
                        .isEqualTo(Counters.of(encoding).count(replaced.toString()));
            }
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }

    @Test
    void count_twoSurrogatesTheWrongWayRound_areTwoReplacementCharacters() {
        TokenCounter counter = Counters.of(BpeEncoding.O200K_BASE);

        assertThat(counter.count("a\uDE00\uD83D")).isEqualTo(counter.count("a\uFFFD\uFFFD"));
    }

    @ParameterizedTest
    @EnumSource
    void count_hundredKilobytesWithoutABreak_isTheOracles(BpeEncoding encoding) {
        for (String text : new String[] {"a".repeat(100_000), " ".repeat(100_000), letters(100_000)}) {
            assertThat(Counters.of(encoding).count(text))
                    .isEqualTo(Oracle.of(encoding).countTokensOrdinary(text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void count_megabyteOfOneLetter_isEightLettersAToken(BpeEncoding encoding) {
        assertThat(Counters.of(encoding).count("a".repeat(MEGABYTE))).isEqualTo(MEGABYTE / 8);
    }

    @ParameterizedTest
    @EnumSource
    void count_megabyteOfRandomLetters_isWithinItsBounds(BpeEncoding encoding) {
        assertThat(Counters.of(encoding).count(letters(MEGABYTE))).isBetween(MEGABYTE / 8, MEGABYTE);
    }

    @ParameterizedTest
    @EnumSource
    void count_manyThreadsAtOnce_agreeWithOne(BpeEncoding encoding) throws InterruptedException {
        var random = new SplittableRandom(7);
        var texts = Stream.of(TextFamily.values())
                .flatMap(family -> IntStream.range(0, 40).mapToObj(i -> family.text(random)))
                .toList();
        var alone = texts.stream().map(Counters.of(encoding)::count).toList();
        TokenCounter shared = Counters.of(encoding);

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> all = () -> texts.stream().map(shared::count).toList();
            assertThat(executor.invokeAll(
                            IntStream.range(0, 32).mapToObj(i -> all).toList()))
                    .allSatisfy(counts -> assertThat(counts.get()).isEqualTo(alone));
        }
    }

    private static String letters(int length) {
        var random = new SplittableRandom(1);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c >= ' ' && c < 0x7F) {
                escaped.append((char) c);
            } else {
                escaped.append(String.format("\\u%04X", c));
            }
        });
        return escaped.toString();
    }
}
