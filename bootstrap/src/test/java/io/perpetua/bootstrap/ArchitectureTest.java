package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.perpetua.adapters.one.breach.MeetsAnother;
import io.perpetua.adapters.one.breach.PublicPort;
import io.perpetua.adapters.two.breach.Other;
import io.perpetua.application.breach.KnowsAnAdapter;
import io.perpetua.domain.breach.KnowsAFramework;
import io.perpetua.domain.breach.LooksAtTheClock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses PERPETUA = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(
                    location -> !location.contains("-tests.jar")) // published contracts and fakes are tests, too
            .importPackages("io.perpetua");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(Stream.of(
                                "domain",
                                "application",
                                "adapters.commands",
                                "adapters.documents",
                                "adapters.http",
                                "adapters.llm",
                                "adapters.metrics",
                                "adapters.redis",
                                "adapters.sqlite",
                                "adapters.tracing",
                                "adapters.vectordb")
                        .filter(module -> PERPETUA.stream()
                                .noneMatch(each -> each.getPackageName().startsWith("io.perpetua." + module))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void rule_holds(String name, ArchRule rule) {
        rule.check(PERPETUA);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void rule_isBrokenByABreach(String name, ArchRule rule, Class<?>[] breach) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(breach)).hasViolation())
                .isTrue();
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("domain", Rules.DOMAIN_KNOWS_ONLY_ITSELF),
                Arguments.of("application", Rules.APPLICATION_KNOWS_ONLY_THE_DOMAIN),
                Arguments.of("adapters", Rules.ADAPTERS_DO_NOT_MEET),
                Arguments.of("wiring", Rules.ADAPTERS_DO_NOT_KNOW_WHO_WIRES_THEM),
                Arguments.of("cycles", Rules.NO_CYCLES_IN_THE_DOMAIN),
                Arguments.of("time", Rules.TIME_AND_CHANCE_ARE_HANDED_IN),
                Arguments.of("streams", Rules.STREAMS_OF_THE_PROCESS_BELONG_TO_THE_COMMAND_LINE),
                Arguments.of("null", Rules.PACKAGES_SAY_WHAT_MAY_BE_NULL),
                Arguments.of("ports", Rules.PORTS_ARE_SERVED_FROM_BEHIND));
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                breach("domain", Rules.DOMAIN_KNOWS_ONLY_ITSELF, KnowsAFramework.class),
                breach("application", Rules.APPLICATION_KNOWS_ONLY_THE_DOMAIN, KnowsAnAdapter.class),
                breach("adapters", Rules.ADAPTERS_DO_NOT_MEET, MeetsAnother.class, Other.class),
                breach("wiring", Rules.ADAPTERS_DO_NOT_KNOW_WHO_WIRES_THEM, MeetsAnother.class),
                breach("time", Rules.TIME_AND_CHANCE_ARE_HANDED_IN, LooksAtTheClock.class),
                breach("streams", Rules.STREAMS_OF_THE_PROCESS_BELONG_TO_THE_COMMAND_LINE, MeetsAnother.class),
                breach("null", Rules.PACKAGES_SAY_WHAT_MAY_BE_NULL, Other.class),
                breach("ports", Rules.PORTS_ARE_SERVED_FROM_BEHIND, PublicPort.class));
    }

    private static Arguments breach(String name, ArchRule rule, Class<?>... classes) {
        return Arguments.of(name, rule, classes);
    }
}
