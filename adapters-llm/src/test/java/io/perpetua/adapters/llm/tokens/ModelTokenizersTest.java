package io.perpetua.adapters.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.tokens.Tokenizer;
import io.perpetua.application.tokens.Tokenizers;
import io.perpetua.application.tokens.TokenizersContract;
import io.perpetua.domain.tokens.WordEstimate;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTokenizersTest extends TokenizersContract {

    private final Tokenizers tokenizers = new ModelTokenizers(Counters::of);

    @Override
    protected Tokenizers tokenizers() {
        return tokenizers;
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, o200k_base",
        "gpt-4.1, o200k_base",
        "gpt-5-nano, o200k_base",
        "o3-mini, o200k_base",
        "chatgpt-4o-latest, o200k_base",
        "openai/gpt-oss-120b, o200k_base",
        "gpt-4, cl100k_base",
        "gpt-4-turbo, cl100k_base",
        "gpt-3.5-turbo-0125, cl100k_base",
        "text-embedding-3-small, cl100k_base",
        "GPT-4O, o200k_base",
        "claude-sonnet-4-5, o200k_base*1.25",
        "openrouter/anthropic/claude-3.5-sonnet, o200k_base*1.25",
        "anthropic/something-new, o200k_base*1.25",
        "gemini-2.5-pro, o200k_base*1.10",
        "meta-llama/Llama-3.3-70B-Instruct, cl100k_base*1.05",
        "ollama/llama2:7b, cl100k_base*1.25",
        "kimi-k2, o200k_base*1.05",
        "sonar-pro, cl100k_base*1.05",
        "somebody/gpt-4o/tuned, o200k_base",
        "somebody/something, o200k_base",
        "'', o200k_base",
    })
    void forModel_name_isLookedUpInTheTable(String model, String expected) {
        assertThat(tokenizers.forModel(model).name()).isEqualTo(expected);
    }

    @Test
    void forModel_nearestEncoding_countsWithItsFactor() {
        Tokenizer claude = tokenizers.forModel("claude-sonnet-4");
        String text = "one two three four five six seven eight";

        assertThat(claude.counter().count(text)).isEqualTo(8);
        assertThat(claude.count(text)).isEqualTo(10);
    }

    @Test
    void forModel_vocabularyMissing_countsByWordsAndSaysSo() {
        var withoutVocabulary = new ModelTokenizers(encoding -> {
            throw new IOException("no such file");
        });

        assertThat(withoutVocabulary.forModel("gpt-4o")).isEqualTo(new Tokenizer("words", WordEstimate.INSTANCE, 1));
    }

    @Test
    void forModel_askedOften_loadsEachVocabularyOnceAndOnlyWhenNeeded() {
        Map<BpeEncoding, Integer> loads = new EnumMap<>(BpeEncoding.class);
        var counting = new ModelTokenizers(encoding -> {
            loads.merge(encoding, 1, Integer::sum);
            return Counters.of(encoding);
        });

        counting.forModel("gpt-4o");
        counting.forModel("claude-3");

        assertThat(loads).containsExactly(Map.entry(BpeEncoding.O200K_BASE, 1));
    }

    @Test
    void rows_table_hasAUsableFactorAndEachPrefixOnce() {
        var rows = ModelTable.load().rows();

        assertThat(rows)
                .extracting(ModelTable.Row::prefix)
                .doesNotHaveDuplicates()
                .allMatch(p -> p.equals(p.strip()));
        assertThat(rows)
                .extracting(ModelTable.Row::factor)
                .allSatisfy(f -> assertThat(f).isBetween(1.0, 2.0));
    }
}
