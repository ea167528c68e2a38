@NullMarked
package io.perpetua.bootstrap;

import org.jspecify.annotations.NullMarked;
