package io.perpetua.domain.routing;

/**
 * A model that may be asked: one step of a ladder.
 *
 * @param provider its provider's name, such as {@code openai}
 * @param model the provider's own name of the model
 */
public record Rung(String provider, String model) implements Comparable<Rung> {

    public Rung {
        if (provider.isBlank() || model.isBlank()) {
            throw new IllegalArgumentException("not a rung: '" + provider + "/" + model + "'");
        }
    }

    /** The rung that {@code provider/model} names; the model may have slashes of its own. */
    public static Rung of(String id) {
        int slash = id.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not provider/model: '" + id + "'");
        }
        return new Rung(id.substring(0, slash), id.substring(slash + 1));
    }

    /** As {@code provider/model}. */
    public String id() {
        return provider + "/" + model;
    }

    @Override
    public int compareTo(Rung other) {
        return id().compareTo(other.id());
    }
}
