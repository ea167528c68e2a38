package io.perpetua.application.breach;

import io.perpetua.adapters.two.breach.Other;

public record KnowsAnAdapter(Other adapter) {}
