package io.perpetua.domain.breach;

import jakarta.inject.Singleton;

@Singleton
public final class KnowsAFramework {}
