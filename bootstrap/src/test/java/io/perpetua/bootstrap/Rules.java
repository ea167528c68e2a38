package io.perpetua.bootstrap;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** The rules of the architecture: allow-lists, for a misspelt package in a deny-list passes silently. */
final class Rules {

    private static final String DOMAIN = "io.perpetua.domain..";
    private static final String APPLICATION = "io.perpetua.application..";
    private static final String ADAPTERS = "io.perpetua.adapters..";

    static final ArchRule DOMAIN_KNOWS_ONLY_ITSELF = classes()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(DOMAIN, "java..", "org.jspecify..");

    static final ArchRule APPLICATION_KNOWS_ONLY_THE_DOMAIN = classes()
            .that()
            .resideInAPackage(APPLICATION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(APPLICATION, DOMAIN, "java..", "org.jspecify..");

    static final ArchRule ADAPTERS_DO_NOT_MEET =
            slices().matching("io.perpetua.adapters.(*)..").should().notDependOnEachOther();

    static final ArchRule ADAPTERS_DO_NOT_KNOW_WHO_WIRES_THEM = noClasses()
            .that()
            .resideInAPackage(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.perpetua.bootstrap..", "io.perpetua.benchmarks..");

    static final ArchRule NO_CYCLES_IN_THE_DOMAIN =
            slices().matching("io.perpetua.domain.(*)..").should().beFreeOfCycles();

    static final ArchRule TIME_AND_CHANCE_ARE_HANDED_IN = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN, APPLICATION)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");

    static final ArchRule STREAMS_OF_THE_PROCESS_BELONG_TO_THE_COMMAND_LINE = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN, APPLICATION, ADAPTERS)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    static final ArchRule PACKAGES_SAY_WHAT_MAY_BE_NULL = classes()
            .that()
            .resideInAPackage("io.perpetua..")
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                    boolean marked = each.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(each, marked, each.getPackageName()));
                }
            });

    static final ArchRule PORTS_ARE_SERVED_FROM_BEHIND = classes()
            .that()
            .implement(resideInAPackage(APPLICATION))
            .and()
            .resideInAPackage(ADAPTERS)
            .and()
            .areAnnotatedWith("jakarta.inject.Singleton")
            .should()
            .notBePublic();

    private Rules() {}
}
