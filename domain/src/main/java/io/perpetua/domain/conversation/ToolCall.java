package io.perpetua.domain.conversation;

/**
 * A function that the model wants run.
 *
 * @param id what the tool's answer refers to
 * @param name the function
 * @param arguments its arguments as the model wrote them, usually JSON
 */
public record ToolCall(String id, String name, String arguments) {

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "ToolCall[" + id + " " + name + "]";
    }
}
