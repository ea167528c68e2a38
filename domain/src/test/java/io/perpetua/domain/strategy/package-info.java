@NullMarked
package io.perpetua.domain.strategy;

import org.jspecify.annotations.NullMarked;
