package io.perpetua.application.routing;

/**
 * Who may be asked, and for what: every model with its price, and each intent's ladder of them. Immutable; safe for
 * concurrent use.
 */
public record Offer(Models models, Ladders ladders) {}
