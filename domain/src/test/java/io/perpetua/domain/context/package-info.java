@NullMarked
package io.perpetua.domain.context;

import org.jspecify.annotations.NullMarked;
