package io.perpetua.bootstrap.configuration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
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
import io.perpetua.domain.routing.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final String OURS = "perpetua.";
    private static final Pattern WITH_DEFAULT = Pattern.compile("\\$\\{(perpetua[^:}]+):([^}]+)}");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.perpetua");

    /** Files of the data directory have a place for who uses the adapters without this configuration. */
    private static final Set<String> OWN_DEFAULTS = Set.of("perpetua-data");

    @Test
    void all_isWhatTheCodeReads() {
        var read = new TreeSet<String>();
        for (JavaClass each : CLASSES) {
            keys(each).filter(key -> key.startsWith(OURS)).map(Key::plain).forEach(read::add);
        }
        for (JavaField field : CLASSES.get(Keys.class).getFields()) {
            boolean elsewhere = field.getAccessesToSelf().stream()
                    .anyMatch(access -> !access.getOriginOwner().isEquivalentTo(Keys.class));
            if (elsewhere && field.getRawType().isEquivalentTo(Key.class)) {
                read.add(key(field).plain());
            }
        }
        for (Intent intent : Intent.values()) {
            Keys.ladders(intent).forEach(key -> read.add(key.plain()));
        }
        assertThat(Keys.all().stream().map(Key::plain).collect(Collectors.toSet()))
                .isEqualTo(read);
    }

    @Test
    void defaults_whereAnAdapterHasItsOwn_areTheSame() {
        var keys = Keys.all().stream().collect(Collectors.toMap(Key::plain, key -> key, (a, b) -> a));
        var checked = new TreeSet<String>();
        CLASSES.stream()
                .flatMap(KeysTest::annotations)
                .flatMap(annotation -> annotation.getProperties().values().stream())
                .flatMap(value -> value instanceof String[] texts ? Stream.of(texts) : Stream.of(value))
                .filter(String.class::isInstance)
                .flatMap(text -> WITH_DEFAULT.matcher((String) text).results())
                .forEach(found -> {
                    String plain = Key.plain(found.group(1));
                    var key = requireNonNull(keys.get(plain), plain);
                    if (!OWN_DEFAULTS.contains(plain)) {
                        assertThat((Object) key.kind().read(found.group(2)))
                                .as(plain)
                                .isEqualTo(key.fallback());
                        checked.add(plain);
                    }
                });
        assertThat(checked).contains("perpetua-retries-attempts", "perpetua-http-keep-alive-comments");
    }

    @Test
    void all_sayWhatTheyAre() {
        for (Key<?> key : Keys.all()) {
            assertThat(key.meaning()).as(key.full()).isNotBlank();
            assertThat(key.kind().expected()).as(key.full()).isNotBlank().doesNotEndWith(".");
        }
    }

    @Test
    void readme_keys_areThereWithTheirDefaults() throws IOException {
        var documented = new TreeSet<String>();
        var rows = Files.readString(Path.of("..", "README.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Configuration"))
                .takeWhile(line -> !line.equals("## When something is missing"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| ", -1))
                .toList();
        for (String[] cells : rows) {
            for (String name : quoted(cells[0])) {
                if (name.equals(name.toUpperCase(Locale.ROOT))) {
                    continue; // a variable
                }
                var keys =
                        Keys.all().stream().filter(key -> isWritten(key, name)).toList();
                assertThat(keys).as(name).isNotEmpty();
                for (Key<?> key : keys) {
                    documented.add(key.name());
                    if (key.standard() != null && !key.equals(Keys.DATA)) {
                        assertThat(quoted(cells[2])).as(name).contains(key.standard());
                    }
                }
            }
        }
        assertThat(documented).contains("port", "data", "token_budget.total", "ladders.default");
    }

    /** Whether the documentation calls {@code key} so. */
    private static boolean isWritten(Key<?> key, String name) {
        return name.equals("ladders.INTENT")
                ? key.name().startsWith("ladders.") && !key.equals(Keys.LADDER_DEFAULT)
                : key.name().equals(name.replace("NAME", "*"));
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static Key<?> key(JavaField field) {
        try {
            return (Key<?>) requireNonNull(Keys.class.getField(field.getName()).get(null));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a field that is there cannot be read", e);
        }
    }

    private static Stream<JavaAnnotation<?>> annotations(JavaClass type) {
        return Stream.concat(
                type.getAnnotations().stream(),
                type.getCodeUnits().stream()
                        .flatMap(unit -> unit.getParameters().stream())
                        .map(JavaParameter::getAnnotations)
                        .flatMap(Collection::stream));
    }

    private static Stream<String> keys(JavaClass type) {
        return Stream.concat(annotations(type).flatMap(KeysTest::keys), section(type));
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
                .filter(name -> name.startsWith("get") || name.startsWith("is"))
                .map(name -> prefix + "." + NameUtils.hyphenate(NameUtils.getPropertyNameForGetter(name)));
    }
}
