package io.perpetua.application.routing;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.domain.routing.Rung;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The models that can be asked for, by every name a client may use. Immutable; safe for concurrent use.
 */
public final class Models {

    /** The name that leaves the choice to us. */
    public static final String AUTO = "auto";

    private final List<ChatProvider> providers;
    private final BiFunction<String, String, ModelInfo> unlisted;

    /**
     * Offers what {@code providers} have.
     *
     * @param providers the first one's first model is what {@code auto} means where nothing is routed; not empty
     * @param unlisted what is known of a model that its provider does not list, by the provider's name and the model's
     */
    public Models(List<ChatProvider> providers, BiFunction<String, String, ModelInfo> unlisted) {
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("no provider");
        }
        this.providers = List.copyOf(providers);
        this.unlisted = unlisted;
    }

    /** Offers what {@code providers} have; of what they do not list nothing is known. */
    public Models(List<ChatProvider> providers) {
        this(providers, ModelInfo::unlisted);
    }

    /** Who serves a model, and which. */
    public record Target(ChatProvider provider, ModelInfo model) {

        /** The same, by its names. */
        public Rung rung() {
            return new Rung(model.provider(), model.name());
        }
    }

    /**
     * Whom {@code name} means: {@code auto}, {@code provider/model}, or a bare name, which is looked up among the known
     * models and else handed to the first provider that may know more models than it lists. A model whose own name has a
     * slash in it is found by that name, unless a provider is called as it begins; one that nobody lists is handed on only
     * where one provider alone may have it, since what stands before the slash may be a provider misspelt.
     *
     * @throws RequestRefused when nobody could serve it
     */
    public Target target(String name) {
        if (name.equals(AUTO)) {
            return targets().findFirst().orElseThrow(() -> unknown(name));
        }
        return first(each -> each.model().id().equals(name))
                .or(() -> pinned(name))
                .or(() -> first(each -> each.model().name().equals(name)))
                .or(() -> handedOn(name))
                .orElseThrow(() -> unknown(name));
    }

    /** Every known model. */
    public List<ModelInfo> all() {
        return targets().map(Target::model).toList();
    }

    private Stream<Target> targets() {
        return providers.stream()
                .flatMap(provider -> provider.models().stream().map(model -> new Target(provider, model)));
    }

    private Optional<Target> first(Predicate<Target> wanted) {
        return targets().filter(wanted).findFirst();
    }

    /** An unlisted model of the provider that {@code name} begins with, which may have it. */
    private Optional<Target> pinned(String name) {
        return providers.stream()
                .filter(provider -> provider.open() && name.startsWith(provider.name() + "/"))
                .filter(provider ->
                        !name.substring(provider.name().length() + 1).isBlank())
                .findFirst()
                .map(provider ->
                        unlisted(provider, name.substring(provider.name().length() + 1)));
    }

    private Optional<Target> handedOn(String name) {
        var open = providers.stream().filter(ChatProvider::open).toList();
        boolean guess = name.isBlank() || (name.indexOf('/') >= 0 && (open.size() > 1 || name.endsWith("/")));
        return guess ? Optional.empty() : open.stream().findFirst().map(provider -> unlisted(provider, name));
    }

    private Target unlisted(ChatProvider provider, String model) {
        return new Target(provider, unlisted.apply(provider.name(), model));
    }

    private RequestRefused unknown(String name) {
        var known = all().stream().map(ModelInfo::id).toList();
        return new RequestRefused(
                Reason.NOT_FOUND,
                "model_not_found",
                "model",
                "no configured provider serves the model '" + name + "'; there are auto, " + String.join(", ", known));
    }
}
