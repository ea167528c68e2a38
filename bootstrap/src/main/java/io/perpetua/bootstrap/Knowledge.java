package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.FactExtractor;
import io.perpetua.application.facts.FactSearch;
import io.perpetua.application.facts.FactVectors;
import io.perpetua.application.facts.Facts;
import io.perpetua.application.facts.HearFacts;
import io.perpetua.application.facts.KeepFacts;
import io.perpetua.application.facts.QueryFacts;
import io.perpetua.application.facts.ReadFacts;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.memory.TurnWords;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.facts.FactRules;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of facts: their rules and use cases. */
@Factory
final class Knowledge {

    @Singleton
    static FactRules rules(Settings settings) {
        List<String> several = settings.find(Keys.FACTS_MULTI_VALUED);
        return FactRules.of(
                settings.get(Keys.FACTS_THRESHOLD),
                several == null ? FactRules.USUALLY_SEVERAL : several,
                settings.get(Keys.FACTS_MOST));
    }

    @Singleton
    KeepFacts keepFacts(Facts facts, FactRules rules, Ids ids, InstantSource clock) {
        return new KeepFacts(facts, rules, ids, clock);
    }

    @Singleton
    FactSearch factSearch(
            TurnWords words, @Nullable Embedder embedder, @Nullable QuestionVectors questions, Lanes lanes) {
        return new FactSearch(
                words,
                embedder == null || questions == null
                        ? null
                        : new FactVectors(embedder, questions, lanes.factVectors()));
    }

    @Singleton
    QueryFacts queryFacts(Facts facts, FactSearch search) {
        return new QueryFacts(facts, search);
    }

    @Singleton
    BearingFacts bearingFacts(Facts facts, FactSearch search, InstantSource clock) {
        return new BearingFacts(facts, search, clock);
    }

    @Singleton
    HearFacts hearFacts(Facts facts, RecordInUse record, FactRules rules, Ids ids, InstantSource clock, Lanes lanes) {
        return new HearFacts(facts, record.conversations(), rules, ids, clock, lanes.facts());
    }

    @Singleton
    ReadFacts readFacts(
            FactExtractor extractor,
            Facts facts,
            RecordInUse record,
            FactRules rules,
            Ids ids,
            InstantSource clock,
            HoldLeases leases,
            Lanes lanes) {
        return new ReadFacts(extractor, facts, record.conversations(), rules, ids, clock, leases, lanes.factReading());
    }
}
