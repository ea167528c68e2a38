package io.perpetua.domain.conversation;

/**
 * A function that the model wants run.
 *
 * @param id what the tool's answer refers to
 * @param name the function
 * @param arguments its arguments as the model wrote them, usually JSON
 */
public record ToolCall(String id, String name, String arguments) {}
