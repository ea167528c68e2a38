package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.retry.annotation.Retryable;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationKeysTest {

    private static final String OURS = "perpetua.";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)");

    /** What the server's own configuration hands on to the framework. */
    private static final Set<String> HANDED_ON = Set.of("perpetua-host", "perpetua-port");

    @Test
    void known_isWhatTheCodeReads() {
        var read = new TreeSet<>(HANDED_ON);
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.perpetua");
        for (JavaClass each : classes) {
            keys(each)
                    .filter(key -> key.startsWith(OURS))
                    .map(ConfigurationKeys::plain)
                    .forEach(read::add);
        }
        ProviderConfiguration.KEYS.forEach(key -> read.add(ConfigurationKeys.plain("perpetua.providers.*." + key)));
        LadderConfiguration.keys().map(ConfigurationKeys::plain).forEach(read::add);
        assertThat(ConfigurationKeys.KNOWN.stream()
                        .map(ConfigurationKeys::plain)
                        .collect(Collectors.toSet()))
                .isEqualTo(read);
    }

    private static Stream<String> keys(JavaClass type) {
        var annotations = Stream.concat(
                type.getAnnotations().stream(),
                type.getCodeUnits().stream()
                        .flatMap(unit -> unit.getParameters().stream())
                        .map(JavaParameter::getAnnotations)
                        .flatMap(Collection::stream));
        return Stream.concat(annotations.flatMap(ConfigurationKeysTest::keys), section(type));
    }

    private static Stream<String> keys(JavaAnnotation<?> annotation) {
        String type = annotation.getRawType().getName();
        if (type.equals(Property.class.getName())) {
            return Stream.of((String) annotation.getExplicitlyDeclaredProperty("name"));
        }
        if (type.equals(Requires.class.getName())) {
            return annotation.tryGetExplicitlyDeclaredProperty("property").stream()
                    .map(String.class::cast);
        }
        if (type.equals(Value.class.getName())) {
            var matcher = PLACEHOLDER.matcher((String) annotation.getExplicitlyDeclaredProperty("value"));
            return matcher.results().map(found -> found.group(1));
        }
        if (type.equals(Retryable.class.getName())) {
            return annotation.getProperties().values().stream()
                    .filter(String.class::isInstance)
                    .flatMap(text -> PLACEHOLDER.matcher((String) text).results())
                    .map(found -> found.group(1));
        }
        return Stream.of();
    }

    private static Stream<String> section(JavaClass type) {
        if (!type.isAnnotatedWith(ConfigurationProperties.class)) {
            return Stream.of();
        }
        String prefix = type.getAnnotationOfType(ConfigurationProperties.class).value();
        if (type.isRecord()) {
            return type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .map(field -> prefix + "." + NameUtils.hyphenate(field.getName()));
        }
        return type.getMethods().stream()
                .map(JavaCodeUnit::getName)
                .filter(name -> name.startsWith("get"))
                .map(name -> prefix + "." + NameUtils.hyphenate(NameUtils.getPropertyNameForGetter(name)));
    }
}
